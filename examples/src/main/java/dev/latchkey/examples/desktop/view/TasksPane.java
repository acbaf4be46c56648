package dev.latchkey.examples.desktop.view;

import dev.latchkey.examples.desktop.state.DeskState;
import dev.latchkey.examples.desktop.state.Listed;
import dev.latchkey.examples.desktop.state.TaskState;
import dev.latchkey.examples.desktop.work.DeskWork;
import dev.latchkey.graph.planner.PlannerTask;
import java.awt.BorderLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.swing.Box;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JScrollPane;

/** Tasks to tick off. */
final class TasksPane implements Pane {

  private final DeskWork work;
  private final JPanel panel = new JPanel(new BorderLayout(0, Ems.of(0.5)));
  private final Box boxes = Box.createVerticalBox();
  private final ListNote note = new ListNote("tasks-note", "There are no tasks for you.");
  private final Map<String, JCheckBox> shown = new LinkedHashMap<>();

  TasksPane(DeskWork work) {
    this.work = work;
    boxes.setBorder(Ems.margin(0.5));
    JScrollPane scroll = new JScrollPane(boxes);
    scroll.getVerticalScrollBar().setUnitIncrement(Ems.of(2));
    panel.setBorder(Ems.margin(0.7));
    panel.add(note.component(), BorderLayout.PAGE_START);
    panel.add(scroll, BorderLayout.CENTER);
  }

  @Override
  public JComponent component() {
    return panel;
  }

  @Override
  public void show(DeskState state) {
    TaskState tasks = state.tasks();
    note.show(tasks.listed());
    List<String> ids = tasks.listed().items().stream().map(PlannerTask::id).toList();
    boolean other = !List.copyOf(shown.keySet()).equals(ids);
    if (other) {
      shown.keySet().retainAll(ids);
      boxes.removeAll();
    }
    for (PlannerTask task : tasks.listed().items()) {
      JCheckBox box = shown.computeIfAbsent(task.id(), this::box);
      String title = task.title() == null ? task.id() : task.title();
      if (!title.equals(box.getText())) {
        box.setText(title);
      }
      box.setSelected(tasks.isTicked(task));
      if (other) {
        boxes.add(box);
      }
    }
    if (other) {
      boxes.revalidate();
      boxes.repaint();
    }
  }

  private JCheckBox box(String id) {
    JCheckBox box = new JCheckBox();
    box.putClientProperty("html.disable", true);
    box.setName("task");
    box.setBorder(Ems.margin(0.3));
    box.addActionListener(
        e -> {
          if (box.isSelected()) {
            work.complete(id);
          } else { // what is done is done; greyed out, it could not be read
            box.setSelected(true);
          }
        });
    return box;
  }

  @Override
  public boolean isBlank(DeskState state) {
    return state.tasks().listed().stage() == Listed.Stage.NOT_ASKED;
  }

  @Override
  public void refresh() {
    work.readTasks();
  }
}
