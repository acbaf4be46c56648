package dev.latchkey.examples.desktop.view;

import dev.latchkey.examples.desktop.state.DriveState;
import dev.latchkey.examples.desktop.state.Folder;
import dev.latchkey.examples.desktop.state.Listed;
import dev.latchkey.examples.desktop.work.DeskWork;
import dev.latchkey.graph.drive.DriveItem;
import java.awt.Component;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.swing.JTree;
import javax.swing.event.TreeExpansionEvent;
import javax.swing.event.TreeWillExpandListener;
import javax.swing.tree.DefaultMutableTreeNode;
import javax.swing.tree.DefaultTreeCellRenderer;
import javax.swing.tree.DefaultTreeModel;
import javax.swing.tree.TreePath;
import javax.swing.tree.TreeSelectionModel;

/** The folders, each read when it is opened. */
final class FolderTree {

  private final DeskWork work;
  private final DefaultMutableTreeNode root = new DefaultMutableTreeNode(Folder.ROOT, true);
  private final DefaultTreeModel model = new DefaultTreeModel(root, true);
  private final JTree tree = new JTree(model);
  private final Map<String, Listed<DriveItem>> shown = new HashMap<>();
  private boolean showing;

  FolderTree(DeskWork work) {
    this.work = work;
    tree.setName("folders");
    tree.getAccessibleContext().setAccessibleName("Folders");
    tree.getSelectionModel().setSelectionMode(TreeSelectionModel.SINGLE_TREE_SELECTION);
    tree.setShowsRootHandles(true);
    tree.setCellRenderer(new Names());
    tree.addTreeSelectionListener(e -> selected());
    tree.addTreeWillExpandListener(
        new TreeWillExpandListener() {
          @Override
          public void treeWillExpand(TreeExpansionEvent event) {
            expanding((DefaultMutableTreeNode) event.getPath().getLastPathComponent());
          }

          @Override
          public void treeWillCollapse(TreeExpansionEvent event) {}
        });
  }

  JTree component() {
    return tree;
  }

  private void selected() {
    TreePath path = tree.getSelectionPath();
    if (!showing && path != null) {
      Folder folder = folder((DefaultMutableTreeNode) path.getLastPathComponent());
      if (!folder.id().equals(work.state().drive().current().id())) {
        work.open(folder);
      }
    }
  }

  private void expanding(DefaultMutableTreeNode node) {
    Folder folder = folder(node);
    if (!showing && work.state().drive().in(folder.id()).stage() == Listed.Stage.NOT_ASKED) {
      work.read(folder);
    }
  }

  private static Folder folder(DefaultMutableTreeNode node) {
    return (Folder) node.getUserObject();
  }

  void show(DriveState drive) {
    showing = true;
    try {
      fill(root, drive);
      select(drive.current());
    } finally {
      showing = false;
    }
  }

  private void fill(DefaultMutableTreeNode node, DriveState drive) {
    Folder folder = folder(node);
    Listed<DriveItem> listed = drive.in(folder.id());
    if (!listed.equals(shown.get(folder.id()))) {
      shown.put(folder.id(), listed);
      replace(node, folder, listed);
    }
    for (int i = 0; i < node.getChildCount(); i++) {
      fill((DefaultMutableTreeNode) node.getChildAt(i), drive);
    }
  }

  /** Nodes that stay the same stay open. */
  private void replace(DefaultMutableTreeNode node, Folder folder, Listed<DriveItem> listed) {
    List<Folder> wanted =
        listed.items().stream()
            .filter(DriveItem::isFolder)
            .map(folder::child)
            .sorted(Comparator.comparing(Folder::name, String.CASE_INSENSITIVE_ORDER))
            .toList();
    Map<String, DefaultMutableTreeNode> before = new HashMap<>();
    for (int i = node.getChildCount() - 1; i >= 0; i--) {
      DefaultMutableTreeNode child = (DefaultMutableTreeNode) node.getChildAt(i);
      if (wanted.contains(folder(child))) {
        before.put(folder(child).id(), child);
      } else {
        shown.remove(folder(child).id());
        model.removeNodeFromParent(child);
      }
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!before.containsKey(wanted.get(i).id())) {
        model.insertNodeInto(new DefaultMutableTreeNode(wanted.get(i), true), node, i);
      }
    }
    if (node == root) {
      tree.expandPath(new TreePath(root));
    }
  }

  private void select(Folder current) {
    DefaultMutableTreeNode node = find(root, current.id());
    if (node != null) {
      TreePath path = new TreePath(node.getPath());
      if (!path.equals(tree.getSelectionPath())) {
        tree.setSelectionPath(path);
        tree.scrollPathToVisible(path);
      }
    }
  }

  private static @org.jspecify.annotations.Nullable DefaultMutableTreeNode find(
      DefaultMutableTreeNode node, String id) {
    if (folder(node).id().equals(id)) {
      return node;
    }
    for (int i = 0; i < node.getChildCount(); i++) {
      DefaultMutableTreeNode found = find((DefaultMutableTreeNode) node.getChildAt(i), id);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The names of the folders. */
  private static final class Names extends DefaultTreeCellRenderer {
    private static final long serialVersionUID = 1L;

    @Override
    public Component getTreeCellRendererComponent(
        JTree tree,
        Object value,
        boolean selected,
        boolean expanded,
        boolean leaf,
        int row,
        boolean focused) {
      putClientProperty("html.disable", true);
      return super.getTreeCellRendererComponent(
          tree,
          folder((DefaultMutableTreeNode) value).name(),
          selected,
          expanded,
          leaf,
          row,
          focused);
    }
  }
}
