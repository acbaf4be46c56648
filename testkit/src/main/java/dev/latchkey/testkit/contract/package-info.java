/**
 * The contract of every token store, as JUnit tests to extend: {@link
 * dev.latchkey.testkit.contract.TokenStoreContract}, or {@link
 * dev.latchkey.testkit.contract.SharedTokenStoreContract} for a store that processes share.
 */
@NullMarked
package dev.latchkey.testkit.contract;

import org.jspecify.annotations.NullMarked;
