package dev.latchkey.testkit.internal.graph.mail;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.latchkey.testkit.internal.graph.call.GraphFailure;
import dev.latchkey.testkit.internal.graph.call.GraphRoute;
import dev.latchkey.testkit.internal.graph.call.JsonMembers;
import dev.latchkey.testkit.internal.graph.call.Page;
import dev.latchkey.testkit.internal.graph.call.Permission;
import dev.latchkey.testkit.internal.graph.call.RoutedCall;
import dev.latchkey.testkit.internal.graph.call.Select;
import dev.latchkey.testkit.internal.http.HttpAnswer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads, changes and deletes mail. */
public final class MailHandler {

  static final String MESSAGE = "/me/(?:mailFolders/[^/]+/)?messages/(?<message>[^/]+)";
  private static final String FOLDER = "/me/mailFolders/(?<folder>[^/]+)";
  private static final int PAGE_SIZE = 10;

  private final StoredMailboxes mailboxes;

  public MailHandler(StoredMailboxes mailboxes) {
    this.mailboxes = mailboxes;
  }

  public List<GraphRoute> routes() {
    return List.of(
        GraphRoute.of("GET", "/me/messages", call -> list(call, null)),
        GraphRoute.of("GET", FOLDER + "/messages", call -> list(call, call.id("folder"))),
        GraphRoute.of("POST", "/me/messages", call -> create(call, StoredMailbox.DRAFTS)),
        GraphRoute.of("POST", FOLDER + "/messages", call -> create(call, call.id("folder"))),
        GraphRoute.of("GET", MESSAGE, this::get),
        GraphRoute.of("PATCH", MESSAGE, this::update),
        GraphRoute.of("DELETE", MESSAGE, this::delete),
        GraphRoute.of("POST", MESSAGE + "/(?:microsoft\\.graph\\.)?move", this::move),
        GraphRoute.of("GET", "/me/mailFolders", this::folders),
        GraphRoute.of("GET", FOLDER, this::folder));
  }

  static GraphFailure notFound() {
    return GraphFailure.of(
        404, "ErrorItemNotFound", "The specified object was not found in the store.");
  }

  static void require(RoutedCall call, Permission permission) {
    call.require(
        permission,
        () ->
            GraphFailure.of(
                403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."));
  }

  static HttpAnswer answer(RoutedCall call, int status, StoredMessage message) {
    boolean immutable = call.prefers("IdType=\"ImmutableId\"");
    JsonObject json = MailExpand.of(call).apply(message, message.json(immutable));
    HttpAnswer answer = HttpAnswer.json(status, Select.of(call).apply(json));
    return immutable ? answer.with("Preference-Applied", "IdType=\"ImmutableId\"") : answer;
  }

  private HttpAnswer list(RoutedCall call, @Nullable String folder) {
    require(call, Permission.MAIL_READ);
    String name = folder == null ? null : StoredMailbox.folder(folder);
    Predicate<JsonElement> filter = MailFilter.of(call.query("$filter"));
    MailExpand expand = MailExpand.of(call);
    boolean immutable = call.prefers("IdType=\"ImmutableId\"");
    StoredMailbox mailbox = mailboxes.of(call.person());
    synchronized (mailbox) {
      Stream<JsonObject> found =
          mailbox.newestFirst().stream()
              .filter(message -> name == null || message.folder().equals(name))
              .filter(message -> filter.test(message.members()))
              .map(message -> expand.apply(message, message.json(immutable)))
              .sorted(order(call.query("$orderby")));
      return Page.of(call, found.skip(Page.position(call)), PAGE_SIZE);
    }
  }

  private static Comparator<JsonObject> order(@Nullable String orderBy) {
    String[] words = (orderBy == null ? "receivedDateTime desc" : orderBy).trim().split("\\s+", -1);
    Comparator<JsonObject> order =
        Comparator.comparing(
            (JsonObject message) -> {
              String value = JsonMembers.string(message, words[0]);
              return value == null ? "" : value.toLowerCase(Locale.ROOT);
            });
    return words.length > 1 && words[1].equalsIgnoreCase("desc") ? order.reversed() : order;
  }

  private HttpAnswer create(RoutedCall call, String folder) {
    require(call, Permission.MAIL_WRITE);
    String name = StoredMailbox.folder(folder);
    StoredMailbox mailbox = mailboxes.of(call.person());
    synchronized (mailbox) {
      StoredMessage draft = mailbox.draft(call.json());
      if (!name.equals(StoredMailbox.DRAFTS)) {
        draft.move(name);
      }
      return answer(call, 201, draft);
    }
  }

  private HttpAnswer get(RoutedCall call) {
    require(call, Permission.MAIL_READ);
    StoredMailbox mailbox = mailboxes.of(call.person());
    synchronized (mailbox) {
      return answer(call, 200, mailbox.get(call.id("message")));
    }
  }

  private HttpAnswer update(RoutedCall call) {
    require(call, Permission.MAIL_WRITE);
    StoredMailbox mailbox = mailboxes.of(call.person());
    synchronized (mailbox) {
      StoredMessage message = mailbox.get(call.id("message"));
      mailbox.touch(message, call.json());
      return answer(call, 200, message);
    }
  }

  private HttpAnswer delete(RoutedCall call) {
    require(call, Permission.MAIL_WRITE);
    StoredMailbox mailbox = mailboxes.of(call.person());
    synchronized (mailbox) {
      mailbox.remove(mailbox.get(call.id("message")));
      return HttpAnswer.empty(204);
    }
  }

  private HttpAnswer move(RoutedCall call) {
    require(call, Permission.MAIL_WRITE);
    String destination = JsonMembers.string(JsonMembers.parameters(call.json()), "destinationid");
    if (destination == null) {
      throw GraphFailure.of(400, "ErrorInvalidIdMalformed", "Id is malformed.");
    }
    String folder = StoredMailbox.folder(destination);
    StoredMailbox mailbox = mailboxes.of(call.person());
    synchronized (mailbox) {
      StoredMessage message = mailbox.get(call.id("message"));
      message.move(folder);
      return answer(call, 201, message);
    }
  }

  private HttpAnswer folders(RoutedCall call) {
    require(call, Permission.MAIL_READ);
    return Page.of(
        call,
        StoredMailbox.folders().keySet().stream()
            .skip(Page.position(call))
            .map(name -> folderJson(call, name)),
        PAGE_SIZE);
  }

  private HttpAnswer folder(RoutedCall call) {
    require(call, Permission.MAIL_READ);
    return HttpAnswer.json(200, folderJson(call, StoredMailbox.folder(call.id("folder"))));
  }

  private JsonObject folderJson(RoutedCall call, String name) {
    List<JsonObject> messages = mailboxes.of(call.person()).messages(name);
    JsonObject json = new JsonObject();
    json.addProperty("id", StoredMailbox.folderId(name));
    json.addProperty("displayName", StoredMailbox.folders().get(name));
    json.addProperty("totalItemCount", messages.size());
    json.addProperty(
        "unreadItemCount",
        messages.stream().filter(each -> !each.get("isRead").getAsBoolean()).count());
    return json;
  }
}
