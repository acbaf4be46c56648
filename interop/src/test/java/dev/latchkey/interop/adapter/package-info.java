/**
 * Latchkey's tokens for the SDKs of Azure and of Microsoft Graph. The adapters are to be copied;
 * they are here because of what these SDKs bring along.
 */
@NullMarked
package dev.latchkey.interop.adapter;

import org.jspecify.annotations.NullMarked;
