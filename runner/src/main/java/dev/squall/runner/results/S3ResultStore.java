package dev.squall.runner.results;

import com.github.davidmoten.aws.lw.client.Credentials;
import com.github.davidmoten.aws.lw.client.ServiceException;
import dev.squall.api.v1alpha1.S3;
import dev.squall.api.wire.Plan;
import dev.squall.runner.results.Backoff.TransientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A bucket of S3-compatible storage. The run's folder is claimed by a marker object that holds the
 * run's UID, put with {@code If-None-Match: *}: of any number of writers one wins, and one that
 * finds its own UID goes on. The {@link S3Credentials} are taken anew for each object, since those
 * of an identity expire.
 */
public final class S3ResultStore implements ResultStore {
  private static final String ENDPOINT_FIX =
      "see whether spec.results.s3.endpoint, or the pod's identity, is right and answers";

  private final S3 spec;
  private final ResultKey key;
  private final Backoff backoff;
  private final Supplier<Optional<Credentials>> credentials;
  private final SignedHttp http = new SignedHttp();

  /** A run's folder in a bucket. */
  public S3ResultStore(S3 spec, Plan plan) {
    this(spec, plan, Backoff.STORING, () -> S3Credentials.of(System.getenv()));
  }

  S3ResultStore(S3 spec, Plan plan, Backoff backoff, Supplier<Optional<Credentials>> credentials) {
    this.spec = spec;
    this.key = ResultKey.of(plan, spec.prefix() == null ? "" : spec.prefix());
    this.backoff = backoff;
    this.credentials = credentials;
  }

  private S3Bucket bucket() throws StoreFailedException {
    Credentials found =
        credentials
            .get()
            .orElseThrow(
                () ->
                    new StoreFailedException(
                        sentence(
                            "write",
                            "there are no credentials",
                            "set spec.results.s3.credentials.secretName to a Secret with "
                                + S3Credentials.KEY
                                + " and "
                                + S3Credentials.SECRET)));
    return new S3Bucket(spec, found, http);
  }

  @Override
  public String url(String name) {
    return "s3://%s/%s/%s".formatted(spec.bucket(), key.folder(), name);
  }

  @Override
  public String place() {
    String endpoint = spec.endpoint();
    return "s3://%s/%s/".formatted(spec.bucket(), key.folder())
        + (endpoint == null ? " in " + spec.region() : " at " + endpoint);
  }

  @Override
  public Optional<byte[]> storedSummary() throws StoreFailedException {
    try {
      S3Bucket bucket = bucket();
      return holder(bucket).filter(this::mine).isPresent()
          ? bucket.get(path(ResultFiles.SUMMARY))
          : Optional.empty();
    } catch (ServiceException e) {
      throw new StoreFailedException(sentence("read", e.message(), fix(e)), e);
    } catch (UncheckedIOException e) {
      throw new StoreFailedException(sentence("read", unreachable(e), ENDPOINT_FIX), e);
    }
  }

  private String path(String name) {
    return key.folder() + "/" + name;
  }

  private Optional<String> holder(S3Bucket bucket) {
    return bucket.get(path(ResultKey.MARKER)).map(b -> new String(b, StandardCharsets.UTF_8));
  }

  private boolean mine(String holder) {
    return holder.strip().equals(key.runUid());
  }

  @Override
  public void store(List<Path> files) throws StoreFailedException, InterruptedException {
    retried("claim", () -> claim(bucket()));
    for (Path file : files) {
      String name = file.getFileName().toString();
      retried("write " + name, () -> bucket().put(path(name), type(name), file));
    }
  }

  private static String type(String name) {
    return name.endsWith(".csv")
        ? "text/csv"
        : name.endsWith(".json") ? "application/json" : "text/plain";
  }

  private void claim(S3Bucket bucket) throws StoreFailedException {
    if (!bucket.putIfAbsent(path(ResultKey.MARKER), key.runUid())) {
      String holder = holder(bucket).orElse("");
      if (!mine(holder)) {
        throw new StoreFailedException(key.claimedBy(holder, place()));
      }
    }
  }

  private interface Call {
    void run() throws StoreFailedException, IOException;
  }

  private void retried(String what, Call call) throws StoreFailedException, InterruptedException {
    backoff.run(
        () -> {
          try {
            call.run();
          } catch (ServiceException e) {
            if (transientStatus(e.statusCode())) {
              throw new TransientException(sentence(what, e.message(), "see the storage"), e);
            }
            throw new StoreFailedException(sentence(what, e.message(), fix(e)), e);
          } catch (UncheckedIOException e) {
            throw new TransientException(sentence(what, unreachable(e), ENDPOINT_FIX), e);
          } catch (IOException e) {
            throw new StoreFailedException(
                sentence(what, String.valueOf(e), "see the coordinator's own disk"), e);
          }
        },
        System::nanoTime,
        Thread::sleep);
  }

  /** The exception's name too: some of them only say a host. */
  private static String unreachable(UncheckedIOException e) {
    return String.valueOf(e.getCause());
  }

  /** Of the storage itself, of a proxy before it, too fast, or two writers at once. */
  private static boolean transientStatus(int status) {
    return status >= 500 || status == 429 || status == 408 || status == 409;
  }

  private static String fix(ServiceException e) {
    return switch (e.statusCode()) {
      case 401, 403 ->
          "check the keys in the Secret of spec.results.s3.credentials and what they may do with the"
              + " bucket";
      case 404 -> "create the bucket, or check spec.results.s3.bucket and pathStyle";
      case 301, 307, 400 -> "check spec.results.s3.region, endpoint and pathStyle";
      case 501 -> "the storage does not know If-None-Match; use one that does";
      default -> "see the storage's own log";
    };
  }

  private String sentence(String what, String why, String fix) {
    return "could not %s in %s: %s; %s".formatted(what, place(), why, fix);
  }
}
