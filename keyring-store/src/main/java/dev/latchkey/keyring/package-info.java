/**
 * The operating system's secret storage as a token store: Windows Credential Manager, macOS
 * Keychain, the Secret Service (GNOME Keyring) and KWallet. Start at {@link
 * dev.latchkey.keyring.KeyringTokenStore}.
 */
@NullMarked
package dev.latchkey.keyring;

import org.jspecify.annotations.NullMarked;
