package dev.latchkey.examples.desktop.view;

import dev.latchkey.examples.desktop.state.ChannelChoice;
import dev.latchkey.examples.desktop.state.DeskState;
import dev.latchkey.examples.desktop.state.Listed;
import dev.latchkey.examples.desktop.work.DeskWork;
import java.awt.BorderLayout;
import java.util.List;
import javax.swing.DefaultComboBoxModel;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import org.jspecify.annotations.Nullable;

/** Posts a message to a channel. */
final class ChannelPane implements Pane {

  private final DeskWork work;
  private final JPanel panel = new JPanel(new BorderLayout(0, Ems.of(0.5)));
  private final DefaultComboBoxModel<ChannelChoice> model = new DefaultComboBoxModel<>();
  private final JComboBox<ChannelChoice> channels = new JComboBox<>(model);
  private final JTextArea text = new JTextArea();
  private final ListNote note = new ListNote("channels-note", "You are in no team.");
  private final Fields fields = new Fields("Post", 'P', "post", this::post);
  private List<ChannelChoice> shown = List.of();

  ChannelPane(DeskWork work) {
    this.work = work;
    channels.setName("channels");
    DefaultListCellRenderer names = new DefaultListCellRenderer();
    names.putClientProperty("html.disable", true);
    channels.setRenderer(names);
    text.setName("message");
    fields.add("Channel", 'H', channels).addText("Message", 'M', text).end();
    panel.setBorder(Ems.margin(0.7));
    panel.add(note.component(), BorderLayout.PAGE_START);
    panel.add(fields.component(), BorderLayout.CENTER);
  }

  private @Nullable ChannelChoice first() {
    return shown.isEmpty() ? null : shown.get(0);
  }

  private void post() {
    ChannelChoice channel = (ChannelChoice) model.getSelectedItem();
    if (channel != null && !text.getText().isBlank()) {
      work.post(channel, text.getText());
    }
  }

  @Override
  public JComponent component() {
    return panel;
  }

  @Override
  public void show(DeskState state) {
    Listed<ChannelChoice> listed = state.channel().listed();
    note.show(listed);
    if (!listed.items().equals(shown)) {
      shown = listed.items();
      Object before = model.getSelectedItem();
      model.removeAllElements();
      model.addAll(shown);
      model.setSelectedItem(
          shown.stream().filter(each -> each.equals(before)).findFirst().orElse(first()));
    }
    fields.show(state.channel().submission(), !shown.isEmpty(), () -> text.setText(""));
  }

  @Override
  public boolean isBlank(DeskState state) {
    return state.channel().listed().stage() == Listed.Stage.NOT_ASKED;
  }

  @Override
  public void refresh() {
    work.readChannels();
  }
}
