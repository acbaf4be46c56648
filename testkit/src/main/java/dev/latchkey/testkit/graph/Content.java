package dev.latchkey.testkit.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bytes of a file, wherever they are. Immutable. */
public interface Content {

  /** {@return how many bytes} */
  long size();

  /**
   * Opens it.
   *
   * @param from the first byte that is read, at most {@link #size()}
   */
  InputStream open(long from) throws IOException;

  /** {@return a part of it, of which no more is held in memory than of the whole} */
  default Content part(long from, long length) {
    return new PartOfContent(this, from, length);
  }

  /** {@return all of it, in memory} */
  default byte[] bytes() {
    try (InputStream in = open(0)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the SHA-256 in lower-case hex; reads all of it} */
  default String sha256() {
    try (InputStream in = open(0)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
