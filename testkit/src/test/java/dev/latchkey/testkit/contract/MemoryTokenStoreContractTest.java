package dev.latchkey.testkit.contract;

import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;

class MemoryTokenStoreContractTest extends TokenStoreContract {

  private final TokenStore store = new MemoryTokenStore();

  @Override
  protected TokenStore open() {
    return store;
  }
}
