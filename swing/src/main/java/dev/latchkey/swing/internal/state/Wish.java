package dev.latchkey.swing.internal.state;

import org.jspecify.annotations.Nullable;

/**
 * What the application wants of the dialog.
 *
 * @param accountId the account that has to sign in; null for any
 * @param tenantId the tenant that the person has chosen; null if they have not
 * @param browser whether a sign-in in the browser may be offered
 * @param unlock whether the application can unlock its token store
 */
public record Wish(
    @Nullable String accountId, @Nullable String tenantId, boolean browser, boolean unlock) {}
