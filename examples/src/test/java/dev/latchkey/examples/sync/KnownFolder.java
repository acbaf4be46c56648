package dev.latchkey.examples.sync;

import dev.latchkey.testkit.FakeDrive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A folder of a fake drive, and what is in it: texts by path, folders with a slash at the end. */
final class KnownFolder {

  private final FakeDrive drive;
  private final String name;
  private final Map<String, String> content = new TreeMap<>();
  private int written;

  KnownFolder(FakeDrive drive, String name) {
    this.drive = drive;
    this.name = name;
    drive.addFolder(name);
  }

  Map<String, String> content() {
    return Map.copyOf(content);
  }

  /** A new file or a new text of one, which no file had before. */
  void write(String path) {
    String text = "text " + ++written;
    drive.addFile(name + "/" + path, text);
    addFolderOf(path);
    content.put(path, text);
  }

  /** Of a file, or of a folder, which has a slash at its end, with all that is in it. */
  void move(String from, String to) {
    drive.move(name + "/" + withoutSlash(from), name + "/" + withoutSlash(to));
    addFolderOf(withoutSlash(to));
    for (String path : within(from)) {
      content.put(to + path.substring(from.length()), content.remove(path));
    }
  }

  void delete(String path) {
    drive.delete(name + "/" + withoutSlash(path));
    content.keySet().removeAll(within(path));
  }

  List<String> shuffledFiles(Random random) {
    List<String> files = new ArrayList<>(content.keySet());
    files.removeIf(path -> path.endsWith("/"));
    Collections.shuffle(files, random);
    return files;
  }

  private void addFolderOf(String path) {
    int slash = path.lastIndexOf('/');
    if (slash >= 0) {
      content.put(path.substring(0, slash + 1), "");
    }
  }

  /** The file itself, or the folder and all that is in it. */
  private List<String> within(String path) {
    return content.keySet().stream()
        .filter(each -> path.endsWith("/") ? each.startsWith(path) : each.equals(path))
        .toList();
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
