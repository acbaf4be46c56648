/** The content of files: uploads, downloads and the storage host. */
@org.jspecify.annotations.NullMarked
package dev.latchkey.testkit.internal.graph.file;
