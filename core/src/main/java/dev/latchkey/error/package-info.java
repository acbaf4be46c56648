/**
 * What can go wrong, one type for each thing that the caller does next. The wire's own words (error
 * code, description, correlation ids) come along verbatim where the server sent them.
 */
@NullMarked
package dev.latchkey.error;

import org.jspecify.annotations.NullMarked;
