package dev.latchkey.testkit.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latchkey.store.EncryptedFileTokenStore;
import dev.latchkey.store.TokenStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EncryptedFileTokenStoreContractTest extends SharedTokenStoreContract {

  @TempDir Path directory;

  @Override
  protected Class<? extends Opener> opener() {
    return FileOpener.class;
  }

  @Override
  protected String location() {
    return directory.resolve("tokens").toString();
  }

  static final class FileOpener implements Opener {
    @Override
    public TokenStore open(String location) {
      byte[] key = "a key of 32 bytes, for tests only".substring(0, 32).getBytes(US_ASCII);
      return EncryptedFileTokenStore.open(Path.of(location), key);
    }
  }
}
