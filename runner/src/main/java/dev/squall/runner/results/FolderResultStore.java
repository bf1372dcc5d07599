package dev.squall.runner.results;

import dev.squall.api.v1alpha1.ResultsVolume;
import dev.squall.api.wire.Plan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A mounted PersistentVolumeClaim. */
public final class FolderResultStore implements ResultStore {
  private final Path root;
  private final String claim;
  private final ResultKey key;

  /**
   * A run's folder in a volume.
   *
   * @param root where the volume is mounted
   */
  public FolderResultStore(Path root, ResultsVolume volume, Plan plan) {
    this.root = root;
    this.claim = volume.claimName();
    this.key = ResultKey.of(plan, volume.prefix() == null ? "" : volume.prefix());
  }

  @Override
  public String url(String name) {
    return "pvc://%s/%s/%s".formatted(claim, key.folder(), name);
  }

  @Override
  public String place() {
    return "folder %s of the PersistentVolumeClaim %s".formatted(key.folder(), claim);
  }

  @Override
  public Optional<byte[]> storedSummary() throws StoreFailedException {
    Path folder = root.resolve(key.folder());
    try {
      if (!Files.exists(folder.resolve(ResultFiles.SUMMARY))) {
        return Optional.empty();
      }
      held(folder.resolve(ResultKey.MARKER));
      return Optional.of(Files.readAllBytes(folder.resolve(ResultFiles.SUMMARY)));
    } catch (IOException e) {
      throw new StoreFailedException("%s cannot be read: %s".formatted(place(), e), e);
    }
  }

  @Override
  public void store(List<Path> files) throws StoreFailedException {
    Path folder = root.resolve(key.folder());
    try {
      Files.createDirectories(folder);
      claim(folder);
      for (Path file : files) {
        Path target = folder.resolve(file.getFileName().toString());
        Path partial = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID());
        Files.copy(file, partial);
        try (FileChannel written = FileChannel.open(partial, StandardOpenOption.WRITE)) {
          written.force(true);
        }
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (AccessDeniedException e) {
      throw new StoreFailedException(
          "%s may not be written (%s); set fsGroup in coordinator.template's securityContext"
              .formatted(place(), e.getFile()),
          e);
    } catch (IOException e) {
      throw new StoreFailedException(
          "%s cannot be written: %s; see whether the volume is mounted, writable and has room"
              .formatted(place(), e),
          e);
    }
  }

  private void claim(Path folder) throws IOException, StoreFailedException {
    Path marker = folder.resolve(ResultKey.MARKER);
    // Written first, linked then: a marker that exists is whole.
    Path mine = folder.resolve(ResultKey.MARKER + "." + UUID.randomUUID());
    Files.writeString(mine, key.runUid());
    try {
      Files.createLink(marker, mine);
    } catch (FileAlreadyExistsException e) {
      held(marker);
    } catch (UnsupportedOperationException | NoSuchFileException e) {
      // A file system without links: created exclusively instead.
      try {
        Files.writeString(marker, key.runUid(), StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException there) {
        held(marker);
      }
    } finally {
      Files.deleteIfExists(mine);
    }
  }

  private void held(Path marker) throws IOException, StoreFailedException {
    String holder = Files.readString(marker);
    if (!holder.strip().equals(key.runUid())) {
      throw new StoreFailedException(key.claimedBy(holder, place()));
    }
  }
}
