package dev.squall.runner.results;

import com.github.davidmoten.aws.lw.client.HttpMethod;
import com.github.davidmoten.aws.lw.client.Response;
import com.github.davidmoten.aws.lw.client.ServiceException;
import com.github.davidmoten.aws.lw.client.xml.XmlElement;
import com.github.davidmoten.aws.lw.client.xml.builder.Xml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One large object, written in parts; if one is refused, nothing of it stays in the bucket. */
final class MultipartUpload {
  private final S3Bucket bucket;
  private final String key;

  MultipartUpload(S3Bucket bucket, String key) {
    this.bucket = bucket;
    this.key = key;
  }

  /** Writes a file as the object. */
  void put(String contentType, Path file) throws IOException {
    String upload =
        uploadId(
            S3Refusal.checked(
                bucket
                    .request(HttpMethod.POST, key)
                    .query("uploads")
                    .header("Content-Type", contentType)
                    .response()));
    try {
      complete(upload, parts(upload, file));
    } catch (RuntimeException | IOException e) {
      abort(upload, e);
      throw e;
    }
  }

  private static String uploadId(Response answer) {
    try {
      return XmlElement.parse(answer.contentUtf8()).content("UploadId");
    } catch (RuntimeException e) {
      throw new ServiceException(
          answer.statusCode(), "the answer to an upload in parts names no UploadId: " + e);
    }
  }

  private List<String> parts(String upload, Path file) throws IOException {
    List<String> tags = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] part = in.readNBytes(S3Bucket.PART_BYTES);
          part.length > 0;
          part = in.readNBytes(S3Bucket.PART_BYTES)) {
        Response answer =
            S3Refusal.checked(
                bucket
                    .request(HttpMethod.PUT, key)
                    .query("partNumber", Integer.toString(tags.size() + 1))
                    .query("uploadId", upload)
                    .requestBody(part)
                    .response());
        tags.add(answer.firstHeader("ETag").orElse(""));
      }
    }
    return tags;
  }

  private void complete(String upload, List<String> tags) {
    Xml parts =
        Xml.create("CompleteMultipartUpload")
            .attribute("xmlns", "http://s3.amazonaws.com/doc/2006-03-01/");
    for (int i = 0; i < tags.size(); i++) {
      parts =
          parts
              .element("Part")
              .element("PartNumber")
              .content(Integer.toString(i + 1))
              .up()
              .element("ETag")
              .content(tags.get(i))
              .up()
              .up();
    }
    Response answer =
        S3Refusal.checked(
            bucket
                .request(HttpMethod.POST, key)
                .query("uploadId", upload)
                .header("Content-Type", "application/xml")
                .requestBody(parts.toString())
                .response());
    // Its 200 is sent before the parts are put together: what went wrong then stands in the body.
    if (!S3Refusal.code(answer).isEmpty()) {
      throw S3Refusal.of(answer);
    }
  }

  /** So that the parts do not lie in the bucket for ever. */
  private void abort(String upload, Exception why) {
    try {
      S3Refusal.checked(
          bucket.request(HttpMethod.DELETE, key).query("uploadId", upload).response());
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }
}
