package dev.squall.runner.plan;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.squall.api.v1alpha1.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of a dataset, and what to say where it cannot be used. */
final class DatasetFile {
  /** What to do with an open file. */
  interface Use<T> {
    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it is not what is needed
     */
    T of(InputStream in) throws IOException;
  }

  private DatasetFile() {}

  /**
   * Opens the file of a dataset, reads it and closes it.
   *
   * @param field the field that is at fault if that fails
   * @throws PlanException naming the field, if there is no file or it cannot be used
   */
  static <T> T read(String field, Dataset dataset, Sources sources, Use<T> use) {
    String fix = sources.howToGive("dataset", dataset.name());
    Path file =
        sources
            .dataset(dataset)
            .orElseThrow(() -> new PlanException(field, "no file for it: " + fix));
    try (InputStream in = Files.newInputStream(file)) {
      return use.of(in);
    } catch (CsvParseException e) {
      if (e.getCause() instanceof IOException cause) {
        throw unreadable(field, file, cause, fix);
      }
      throw new PlanException(field, file + " cannot be used: " + e.getMessage());
    } catch (UncheckedIOException e) {
      throw unreadable(field, file, e.getCause(), fix);
    } catch (IOException e) {
      throw unreadable(field, file, e, fix);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new PlanException(field, file + " cannot be used: " + e.getMessage());
    }
  }

  private static PlanException unreadable(
      String field, Path file, @Nullable IOException cause, String fix) {
    return cause instanceof CharacterCodingException
        ? new PlanException(field, file + " is not UTF-8: convert it")
        : new PlanException(field, "%s cannot be read (%s): %s".formatted(file, cause, fix));
  }

  /** The text of a file; what is not UTF-8 is an error, not a question mark. */
  static Reader utf8(InputStream in) {
    return new InputStreamReader(
        in,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }
}
