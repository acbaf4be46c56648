package dev.latchkey.swing.internal.flow;

import dev.latchkey.error.SignInRequired;
import org.jspecify.annotations.Nullable;

/**
 * What stands above all phases of one dialog.
 *
 * @param reason why the person has to sign in again; null for a first sign-in
 * @param account who has to sign in; null if that is unknown
 */
public record Heading(SignInRequired.@Nullable Reason reason, @Nullable String account) {}
