package dev.latchkey.testkit.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bytes of a body or a file, wherever they are. Immutable. */
public interface Bytes {

  /** {@return how many bytes} */
  long size();

  /**
   * Opens a stream of the bytes.
   *
   * @param from the index of the first byte, at most {@link #size()}
   */
  InputStream open(long from) throws IOException;

  /** {@return a section, which takes no more memory than the whole} */
  default Bytes part(long from, long length) {
    return new PartOfBytes(this, from, length);
  }

  /** {@return all bytes, in memory} */
  default byte[] bytes() {
    try (InputStream in = open(0)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the SHA-256 in lower-case hex; reads all bytes} */
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
