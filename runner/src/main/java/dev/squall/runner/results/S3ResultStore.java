package dev.squall.runner.results;

import dev.squall.api.v1alpha1.S3;
import dev.squall.api.wire.Plan;
import dev.squall.runner.results.Backoff.TransientException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of S3-compatible storage. The run's folder is claimed by a marker object that holds the
 * run's UID, put with {@code If-None-Match: *}: of any number of writers one wins, and one that
 * finds its own UID goes on. Credentials come from the environment (AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY) or from the pod's own identity.
 */
public final class S3ResultStore implements ResultStore, AutoCloseable {
  private final S3 spec;
  private final ResultKey key;
  private final Backoff backoff;
  private final S3Client client;

  /** A run's folder in a bucket. */
  public S3ResultStore(S3 spec, Plan plan) {
    this(spec, plan, Backoff.STORING, DefaultCredentialsProvider.builder().build());
  }

  S3ResultStore(S3 spec, Plan plan, Backoff backoff, AwsCredentialsProvider credentials) {
    this.spec = spec;
    this.key = ResultKey.of(plan, spec.prefix() == null ? "" : spec.prefix());
    this.backoff = backoff;
    this.client = client(spec, credentials);
  }

  private static S3Client client(S3 spec, AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(spec.region()))
            .forcePathStyle(spec.pathStyle())
            .credentialsProvider(credentials)
            // Many S3-compatible servers know nothing of the SDK's default trailing checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(5))
                    .socketTimeout(Duration.ofSeconds(30)));
    String endpoint = spec.endpoint();
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    return builder.build();
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
      return text(ResultKey.MARKER).filter(this::mine).isPresent()
          ? text(ResultFiles.SUMMARY).map(s -> s.getBytes(StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (SdkException e) {
      throw new StoreFailedException(sentence("read", e.getMessage(), "see the storage"), e);
    }
  }

  private Optional<String> text(String name) {
    try {
      String path = key.folder() + "/" + name;
      return Optional.of(
          client.getObjectAsBytes(get -> get.bucket(spec.bucket()).key(path)).asUtf8String());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  private boolean mine(String holder) {
    return holder.strip().equals(key.runUid());
  }

  @Override
  public void store(List<Path> files) throws StoreFailedException, InterruptedException {
    retried("claim", this::claim);
    for (Path file : files) {
      String name = file.getFileName().toString();
      retried(
          "write " + name,
          () ->
              client.putObject(
                  put ->
                      put.bucket(spec.bucket())
                          .key(key.folder() + "/" + name)
                          .contentType(type(name)),
                  RequestBody.fromFile(file)));
    }
  }

  private static String type(String name) {
    return name.endsWith(".csv")
        ? "text/csv"
        : name.endsWith(".json") ? "application/json" : "text/plain";
  }

  private void claim() throws StoreFailedException {
    String marker = key.folder() + "/" + ResultKey.MARKER;
    try {
      client.putObject(
          put -> put.bucket(spec.bucket()).key(marker).ifNoneMatch("*"),
          RequestBody.fromString(key.runUid()));
    } catch (S3Exception e) {
      if (e.statusCode() != 412) {
        throw e;
      }
      String holder = text(ResultKey.MARKER).orElse("");
      if (!mine(holder)) {
        throw new StoreFailedException(key.claimedBy(holder, place()));
      }
    }
  }

  private interface Call {
    void run() throws StoreFailedException;
  }

  private void retried(String what, Call call) throws StoreFailedException, InterruptedException {
    backoff.run(
        () -> {
          try {
            call.run();
          } catch (S3Exception e) {
            if (transientStatus(e.statusCode())) {
              throw new TransientException(sentence(what, e.getMessage(), "see the storage"), e);
            }
            throw new StoreFailedException(sentence(what, e.getMessage(), fix(e)), e);
          } catch (SdkClientException e) {
            if (String.valueOf(e.getMessage()).contains("load credentials")) {
              throw new StoreFailedException(
                  sentence(
                      what,
                      "there are no credentials",
                      "set spec.results.s3.credentials.secretName to a Secret with"
                          + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
                  e);
            }
            throw new TransientException(
                sentence(what, e.getMessage(), "see whether spec.results.s3.endpoint is right"), e);
          } catch (SdkException e) {
            throw new StoreFailedException(sentence(what, e.getMessage(), "see the storage"), e);
          }
        },
        System::nanoTime,
        Thread::sleep);
  }

  /** Of the storage itself, of a proxy before it, too fast, or two writers at once. */
  private static boolean transientStatus(int status) {
    return status >= 500 || status == 429 || status == 408 || status == 409;
  }

  private static String fix(S3Exception e) {
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

  private String sentence(String what, @Nullable String why, String fix) {
    return "could not %s in %s: %s; %s".formatted(what, place(), why, fix);
  }

  @Override
  public void close() {
    client.close();
  }
}
