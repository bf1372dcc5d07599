package dev.squall.api.wire;

import dev.squall.api.v1alpha1.LoadModel;
import dev.squall.api.v1alpha1.ResponseTimes;
import dev.squall.api.v1alpha1.StoredFile;
import dev.squall.api.v1alpha1.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator's last word, left as JSON (at most 4 KiB) in its container's termination message,
 * so that a verdict needs no network path.
 *
 * @param verdict the verdict
 * @param reason as in {@link Summary#reason()}
 * @param message as in {@link Summary#message()}, cut to 1,024 characters
 * @param startTime start instant (RFC 3339), null if the load never started
 * @param completionTime when the verdict was reached (RFC 3339)
 * @param model as in {@link Summary#model()}
 * @param users peak of users
 * @param offered requests whose time had come, sent or not
 * @param requests completed requests
 * @param failures failures among them
 * @param dropped arrivals that were never sent
 * @param interrupted requests cut off at the end of the graceful stop
 * @param milliRequestsPerSecond completed requests per 1,000 s
 * @param responseTime response times of the whole, null without a completed request
 * @param stored how storing the results ended
 * @param files the result files; none where their names would be too long
 */
public record TerminationMessage(
    Verdict verdict,
    String reason,
    String message,
    @Nullable String startTime,
    String completionTime,
    LoadModel model,
    int users,
    long offered,
    long requests,
    long failures,
    long dropped,
    long interrupted,
    long milliRequestsPerSecond,
    @Nullable ResponseTimes responseTime,
    Summary.Stored stored,
    List<StoredFile> files) {
  /** Copies the list; what an earlier version did not write has its meaning of then. */
  public TerminationMessage {
    model = model == null ? LoadModel.Closed : model;
    files = files == null ? List.of() : List.copyOf(files);
  }
}
