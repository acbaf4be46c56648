/**
 * What an error of an authorization server means, and the exception that says so. {@code
 * OAuthErrorMapper} is the entry point, {@code ErrorClassifier} decides, and the {@code .tsv} files
 * beside it hold the knowledge: a new {@code AADSTS} number is one line of {@code aadsts.tsv}.
 */
@NullMarked
package dev.latchkey.internal.error;

import org.jspecify.annotations.NullMarked;
