package dev.latchkey.internal.file;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file or directory that another user may have made or changed, or that is of the wrong type. */
public final class UntrustedFile extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  /**
   * Creates the exception.
   *
   * @param reason what is wrong, such as {@code is a symbolic link}
   * @param remedy what would help, in one sentence
   */
  UntrustedFile(Path path, String reason, String remedy) {
    super(path.toString(), null, reason);
    this.remedy = remedy;
  }

  @Override
  public @Nullable String getMessage() {
    return getFile() + " " + getReason() + ".";
  }

  String remedy() {
    return remedy;
  }
}
