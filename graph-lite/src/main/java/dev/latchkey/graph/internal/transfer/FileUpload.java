package dev.latchkey.graph.internal.transfer;

import dev.latchkey.graph.drive.DriveItem;
import java.io.IOException;
import java.nio.file.Path;

/** Uploads a file, in one request or in slices. */
public final class FileUpload {

  /** The largest file for one request: below it, an upload session costs more than it saves. */
  private static final long MAX_SMALL_SIZE = 4 << 20;

  private FileUpload() {}

  /**
   * Runs an upload. Blocks.
   *
   * @throws IOException if the file cannot be read or the checkpoint not written
   */
  public static DriveItem run(Path file, UploadTarget target) throws IOException {
    try (SourceFile source = SourceFile.open(file)) {
      return source.size() <= MAX_SMALL_SIZE
          ? new SmallUpload(target, source).run()
          : new SlicedUpload(target, source).run();
    }
  }
}
