package dev.latchkey.testkit.internal.graph.drive;

import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.http.Bytes;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A drive: its folders, its files and the order of their changes. Its own lock guards it. */
public final class StoredDrive {

  /** The kind of its owner. */
  public enum Kind {
    PERSONAL("personal"),
    BUSINESS("business"),
    LIBRARY("documentLibrary");

    final String wire;

    Kind(String wire) {
      this.wire = wire;
    }
  }

  public final String id;
  final Kind kind;
  final String owner;
  private final InstantSource clock;
  private final Map<String, StoredItem> byId = new HashMap<>();
  private final Changes changes = new Changes();
  private final StoredItem root;
  private int generation;
  private String resyncCode = "resyncChangesApplyDifferences";
  private long quota = 1L << 40;
  private int lastId;

  public StoredDrive(String id, Kind kind, String owner, InstantSource clock) {
    this.id = id;
    this.kind = kind;
    this.owner = owner;
    this.clock = clock;
    root = new StoredItem(newId(), "root", null, null, clock.instant());
    byId.put(root.id, root);
    changes.add(root);
  }

  private String newId() {
    return "01%s%06d".formatted(id.substring(2, 8).toUpperCase(Locale.ROOT), ++lastId);
  }

  /** {@return its id} */
  public String id() {
    return id;
  }

  public synchronized StoredItem root() {
    return root;
  }

  public synchronized StoredItem get(String itemId) {
    StoredItem item = byId.get(itemId);
    int mark = itemId.indexOf('!');
    if (item == null && mark > 0) {
      StoredItem folder = byId.get(itemId.substring(0, mark));
      item = folder == null || folder.many == null ? null : folder.many.byId(itemId);
    }
    if (item == null) {
      throw GraphFailure.itemNotFound();
    }
    return item;
  }

  /** Finds an item by its path below another. Repeated and outer slashes do not matter. */
  public synchronized @Nullable StoredItem find(StoredItem from, String path) {
    StoredItem at = from;
    for (String name : names(path)) {
      at = at == null ? null : child(at, name);
    }
    return at;
  }

  public static List<String> names(String path) {
    return Stream.of(path.split("/", -1)).filter(name -> !name.isEmpty()).toList();
  }

  public synchronized @Nullable StoredItem child(StoredItem folder, String name) {
    StoredItem real = folder.children.get(name);
    return real != null || folder.many == null ? real : folder.many.byName(name);
  }

  public synchronized void addMany(StoredItem folder, int count) {
    if (folder.many != null || !folder.children.isEmpty()) {
      throw new IllegalArgumentException("Generated items need an empty folder");
    }
    folder.many = changes.addMany(folder, count, clock.instant());
  }

  /** The items in a folder. */
  public synchronized Children children(StoredItem folder) {
    return new Children(List.copyOf(folder.children.values()), folder.many);
  }

  /** All stored items, in the order of their creation. */
  synchronized List<StoredItem> all() {
    return byId.values().stream()
        .sorted(Comparator.comparing((StoredItem item) -> item.id))
        .toList();
  }

  synchronized StoredItem create(StoredItem folder, String name, @Nullable Bytes content) {
    ItemNames.check(name);
    StoredItem item = new StoredItem(newId(), name, folder, content, clock.instant());
    byId.put(item.id, item);
    folder.children.put(name, item);
    changes.add(item);
    grown(folder);
    return item;
  }

  private void grown(StoredItem folder) {
    folder.contentVersion++;
    folder.modified = clock.instant();
  }

  /** The folder at a path; creates it and the folders above it. */
  public synchronized StoredItem folders(StoredItem from, List<String> names) {
    StoredItem at = from;
    for (String name : names) {
      StoredItem next = child(at, name);
      at = next == null ? create(at, name, null) : next;
      if (!at.isFolder()) {
        throw GraphFailure.nameExists(name);
      }
    }
    return at;
  }

  synchronized StoredItem replace(StoredItem item, Bytes content) {
    StoredItem real = real(item);
    discard(real);
    real.content = content;
    real.contentVersion++;
    changed(real);
    return real;
  }

  private static void discard(StoredItem item) {
    if (item.content instanceof BytesInFile file) {
      file.discard();
    }
  }

  public synchronized StoredItem move(StoredItem item, StoredItem folder, String name) {
    ItemNames.check(name);
    if (item == root || folder.isWithin(item)) {
      throw GraphFailure.invalidRequest("An item cannot be moved into itself.");
    }
    StoredItem real = real(item);
    StoredItem taken = child(folder, name);
    if (taken != null && taken != real) {
      throw GraphFailure.nameExists(name);
    }
    StoredItem before = real.parent == null ? root : real.parent;
    before.children.remove(real.name);
    real.name = name;
    real.parent = folder;
    folder.children.put(name, real);
    grown(before);
    grown(folder);
    changed(real);
    return real;
  }

  private void changed(StoredItem item) {
    item.version++;
    item.modified = clock.instant();
    changes.add(item);
  }

  /** Stores a generated item, so that it can change. */
  private StoredItem real(StoredItem item) {
    StoredItem folder = item.parent;
    if (byId.get(item.id) == item || folder == null || folder.many == null) {
      return item;
    }
    folder.many.release(item);
    byId.put(item.id, item);
    folder.children.put(item.name, item);
    return item;
  }

  public synchronized void delete(StoredItem item) {
    StoredItem folder = item.parent;
    if (folder == null) {
      throw GraphFailure.of(403, "accessDenied", "The root cannot be deleted.");
    }
    StoredItem real = real(item);
    folder.children.remove(real.name);
    grown(folder);
    bury(real);
  }

  /** Reports a folder before its items: a client must not expect a deleted folder to be empty. */
  private void bury(StoredItem item) {
    item.deleted = true;
    byId.remove(item.id);
    changes.add(item);
    discard(item);
    List.copyOf(item.children.values()).forEach(this::bury);
    ManyItems many = item.many;
    if (many != null) {
      many.from(0).toList().forEach(each -> bury(real(each)));
      changes.drop(many);
    }
  }

  synchronized long used() {
    return root.size();
  }

  synchronized long quota() {
    return quota;
  }

  public synchronized void quota(long bytes) {
    quota = bytes;
  }

  /** Fails if this many more bytes would exceed the quota. */
  public synchronized void requireRoom(long more) {
    if (used() + more > quota) {
      throw GraphFailure.of(
          507,
          "quotaLimitReached",
          "The user has reached their quota limit.",
          "insufficientStorage");
    }
  }

  public synchronized void expireTokens(String code) {
    generation++;
    resyncCode = code;
  }

  synchronized int generation() {
    return generation;
  }

  synchronized String resyncCode() {
    return resyncCode;
  }

  synchronized long lastChange() {
    return changes.last();
  }

  synchronized List<StoredItem> changes(long after, long deletedAfter, int count) {
    return changes.next(after, deletedAfter, count);
  }
}
