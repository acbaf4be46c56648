/**
 * Foreign words made safe to show, in linear time: texts of servers, and messages of exceptions
 * that are not ours. And digests.
 */
@NullMarked
package dev.latchkey.internal.text;

import org.jspecify.annotations.NullMarked;
