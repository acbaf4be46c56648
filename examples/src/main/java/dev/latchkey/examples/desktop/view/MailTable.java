package dev.latchkey.examples.desktop.view;

import dev.latchkey.graph.mail.Message;
import dev.latchkey.graph.mail.Recipient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mail in the inbox, newest first, as Graph lists it. */
final class MailTable extends RowTable<Message, Message> {

  private static final long serialVersionUID = 1L;

  MailTable() {
    super("From", "Subject", "Received");
  }

  @Override
  List<Message> rows(List<Message> list) {
    return list;
  }

  @Override
  Object cell(Message mail, int column) {
    return switch (column) {
      case 0 -> from(mail.from());
      case 1 -> mail.subject() == null ? "" : mail.subject();
      default ->
          mail.receivedDateTime() == null ? "" : FileTable.WHEN.format(mail.receivedDateTime());
    };
  }

  private static String from(@Nullable Recipient from) {
    String shown = from == null ? null : from.name() == null ? from.address() : from.name();
    return shown == null ? "" : shown;
  }
}
