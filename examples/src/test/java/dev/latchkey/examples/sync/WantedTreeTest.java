package dev.latchkey.examples.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WantedTreeTest {

  @Test
  void childOfAFileIsLeftOutAndTheFileStays() {
    WantedTree tree =
        tree(
            file("1", "root", "a"),
            file("2", "1", "b"),
            folder("3", "1", "c"),
            file("4", "3", "d"));

    assertThat(tree.byPath()).containsOnlyKeys("a");
    assertThat(tree.leftOut()).containsOnlyKeys("a/b", "a/c");
  }

  @Test
  void folderOfTheSameNameCountsMoreThanAFileWhicheverCameFirst() {
    WantedTree before = tree(folder("1", "root", "a"), file("2", "root", "a"), file("3", "1", "b"));
    WantedTree after = tree(file("2", "root", "a"), folder("1", "root", "a"), file("3", "1", "b"));

    for (WantedTree tree : List.of(before, after)) {
      assertThat(tree.byPath()).containsOnlyKeys("a", "a/b");
      assertThat(tree.leftOut()).containsOnlyKeys("a");
      assertThat(tree.rivals()).containsExactlyInAnyOrder("1", "2");
    }
  }

  @Test
  void ofTwoFilesOfOneNameTheLaterCounts() {
    WantedTree tree = tree(file("2", "root", "a"), file("1", "root", "a"));

    assertThat(tree.byPath().get("a")).extracting(DriveEntry::id).isEqualTo("1");
    assertThat(tree.leftOut()).containsOnlyKeys("a");
  }

  @Test
  void foldersInACircleAreElsewhere() {
    WantedTree tree =
        tree(
            folder("1", "2", "a"),
            folder("2", "1", "b"),
            folder("3", "3", "c"),
            file("4", "1", "d"));

    assertThat(tree.byPath()).isEmpty();
    assertThat(tree.leftOut()).isEmpty();
  }

  @Test
  void depthHasNoLimit() {
    DriveEntry[] chain = new DriveEntry[500];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = folder("" + i, i == 0 ? "root" : "" + (i - 1), "f");
    }

    assertThat(tree(chain).byPath()).hasSize(500);
  }

  private static WantedTree tree(DriveEntry... items) {
    return new WantedTree(List.of(items), "root");
  }

  private static DriveEntry file(String id, String parent, String name) {
    return new DriveEntry(id, parent, name, false, "v");
  }

  private static DriveEntry folder(String id, String parent, String name) {
    return new DriveEntry(id, parent, name, true, null);
  }
}
