package dev.latchkey.examples.sync;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the mirror knows, in an append-only file: a kill at any moment leaves the earlier lines
 * whole. The last line may be incomplete, and is then ignored. Opening the journal compacts it.
 */
final class SyncJournal implements AutoCloseable {

  private static final Gson GSON = new Gson();

  private final Map<String, DriveEntry> remote = new LinkedHashMap<>();
  private final Map<String, MirrorFile> local = new LinkedHashMap<>();

  /** The ids of the files at which Graph failed when they were last tried, the latest last. */
  private final Set<String> failed = new LinkedHashSet<>();

  private final Writer lines;
  private @Nullable String link;
  private @Nullable String mirrored;

  SyncJournal(Path file) throws IOException {
    for (String line : read(file)) {
      if (!apply(line)) {
        break;
      }
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".fresh");
    Files.deleteIfExists(fresh); // of a run that was killed
    try (Writer writer = open(fresh, StandardOpenOption.CREATE_NEW)) {
      if (mirrored != null) {
        write(writer, line("mirrors", mirrored));
      }
      write(writer, pageLine(remote.values(), List.of(), link));
      for (MirrorFile each : local.values()) {
        write(writer, wrapped("local", each.toJson()));
      }
      failed.retainAll(remote.keySet());
      for (String id : failed) {
        write(writer, line("failed", id));
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    lines = open(file, StandardOpenOption.APPEND);
  }

  private static Writer open(Path file, OpenOption how) throws IOException {
    return new OutputStreamWriter(
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.WRITE, how, NOFOLLOW_LINKS)),
        US_ASCII);
  }

  Map<String, DriveEntry> remote() {
    return remote;
  }

  /**
   * Records the folder that is mirrored.
   *
   * @throws IllegalArgumentException if the mirror is of another folder: a run would delete it all
   */
  void mirrors(String folder) {
    if (mirrored == null) {
      add(line("mirrors", folder));
    } else if (!mirrored.equals(folder)) {
      throw new IllegalArgumentException("The directory is the mirror of another folder");
    }
  }

  /** The files of the mirror, in a copy that the caller may iterate over while they change. */
  List<MirrorFile> local() {
    return List.copyOf(local.values());
  }

  @Nullable MirrorFile local(String id) {
    return local.get(id);
  }

  @Nullable String link() {
    return link;
  }

  /** Records a page of changes together with the link to the next, in one line. */
  void page(Collection<DriveEntry> changed, Collection<String> gone, @Nullable String next) {
    add(pageLine(changed, gone, next));
  }

  /** Forgets all that was known about the drive. */
  void forgetRemote() {
    add(wrapped("reset", new JsonObject()));
  }

  void put(MirrorFile file) {
    add(wrapped("local", file.toJson()));
  }

  void remove(MirrorFile file) {
    JsonObject id = new JsonObject();
    id.addProperty("id", file.id());
    add(wrapped("gone", id));
  }

  /** The ids of the files at which Graph failed, in a copy: those tried the longest ago first. */
  List<String> failed() {
    return List.copyOf(failed);
  }

  /** Records that Graph failed at a file. */
  void failed(String id) {
    add(line("failed", id));
  }

  /** Records that Graph no longer fails at a file. */
  void worked(String id) {
    if (failed.contains(id)) {
      add(line("worked", id));
    }
  }

  /** Fails unlike an item of the mirror does: without its journal a run cannot go on. */
  private void add(JsonObject line) {
    try {
      write(lines, line);
      lines.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the mirror's journal", e);
    }
    apply(line);
  }

  private boolean apply(String line) {
    try {
      return apply(GSON.fromJson(line, JsonObject.class));
    } catch (JsonParseException | IllegalStateException | ClassCastException torn) {
      return false;
    } catch (NullPointerException | NumberFormatException | UnsupportedOperationException torn) {
      return false; // JSON, but not a line of the journal
    }
  }

  private boolean apply(JsonObject line) {
    if (line.has("page")) {
      JsonObject page = line.getAsJsonObject("page");
      for (JsonElement item : page.getAsJsonArray("items")) {
        DriveEntry read = DriveEntry.read(item.getAsJsonObject());
        remote.remove(read.id()); // the latest ones are the last
        remote.put(read.id(), read);
      }
      page.getAsJsonArray("gone").forEach(id -> remote.remove(id.getAsString()));
      link = page.has("link") ? page.get("link").getAsString() : null;
    } else if (line.has("mirrors")) {
      mirrored = line.get("mirrors").getAsString();
    } else if (line.has("reset")) {
      remote.clear();
      link = null;
    } else if (line.has("local")) {
      MirrorFile file = MirrorFile.read(line.getAsJsonObject("local"));
      local.put(file.id(), file);
    } else if (line.has("gone")) {
      local.remove(line.getAsJsonObject("gone").get("id").getAsString());
    } else if (line.has("failed")) {
      failed.remove(line.get("failed").getAsString());
      failed.add(line.get("failed").getAsString());
    } else if (line.has("worked")) {
      failed.remove(line.get("worked").getAsString());
    }
    return true;
  }

  private static JsonObject pageLine(
      Collection<DriveEntry> changed, Collection<String> gone, @Nullable String next) {
    JsonArray items = new JsonArray();
    changed.forEach(item -> items.add(item.toJson()));
    JsonArray ids = new JsonArray();
    gone.forEach(ids::add);
    JsonObject page = new JsonObject();
    page.add("items", items);
    page.add("gone", ids);
    if (next != null) {
      page.addProperty("link", next);
    }
    return wrapped("page", page);
  }

  private static JsonObject line(String kind, String content) {
    JsonObject line = new JsonObject();
    line.addProperty(kind, content);
    return line;
  }

  private static JsonObject wrapped(String kind, JsonObject content) {
    JsonObject line = new JsonObject();
    line.add(kind, content);
    return line;
  }

  /** Writes ASCII: a name may have half a surrogate pair, which UTF-8 cannot hold. */
  private static void write(Writer writer, JsonObject line) throws IOException {
    String text = line.toString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      writer.write(c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }
    writer.write('\n');
  }

  private static List<String> read(Path file) throws IOException {
    // Before it is opened: opening a pipe would wait for a writer.
    if (Files.exists(file, NOFOLLOW_LINKS) && !Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      throw new FileSystemException(file.toString(), null, file + " is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      String text = new String(in.readAllBytes(), UTF_8); // damage shows in the JSON
      // Without its line break the last line may be cut short and still be valid JSON.
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (NoSuchFileException first) {
      return List.of();
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
