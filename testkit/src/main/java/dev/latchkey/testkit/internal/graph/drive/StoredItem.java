package dev.latchkey.testkit.internal.graph.drive;

import dev.latchkey.testkit.internal.http.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file or a folder of a {@link StoredDrive}, which alone changes it and guards it with its lock.
 */
public final class StoredItem {

  public final String id;
  final Instant created;
  public String name;
  @Nullable StoredItem parent;
  Instant modified;

  /** Null for a folder. */
  public @Nullable Bytes content;

  /** By name. To SharePoint and OneDrive, names that differ only in case are the same. */
  final Map<String, StoredItem> children = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  @Nullable ManyItems many;

  /** Counts all changes, for the ETag. */
  int version = 1;

  /** Counts changes of the content, for the cTag. */
  int contentVersion = 1;

  /** The number of its last change in the drive. */
  long change;

  boolean deleted;

  StoredItem(
      String id,
      String name,
      @Nullable StoredItem parent,
      @Nullable Bytes content,
      Instant created) {
    this.id = id;
    this.name = name;
    this.parent = parent;
    this.content = content;
    this.created = created;
    this.modified = created;
  }

  public boolean isFolder() {
    return content == null;
  }

  int childCount() {
    return children.size() + (many == null ? 0 : many.left());
  }

  long size() {
    if (content != null) {
      return content.size();
    }
    long ofChildren = children.values().stream().mapToLong(StoredItem::size).sum();
    return ofChildren + (many == null ? 0 : many.size());
  }

  /** The path from the root, with a slash before each name; empty for the root. */
  String path() {
    return parent == null ? "" : parent.path() + "/" + name;
  }

  boolean isWithin(StoredItem folder) {
    return this == folder || (parent != null && parent.isWithin(folder));
  }

  public String eTag() {
    return "\"{" + id + "}," + version + "\"";
  }

  String cTag() {
    return "\"c:{" + id + "}," + contentVersion + "\"";
  }
}
