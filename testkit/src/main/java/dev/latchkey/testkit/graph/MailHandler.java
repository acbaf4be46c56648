package dev.latchkey.testkit.graph;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reading and keeping mail. */
final class MailHandler {

  static final String MESSAGE = "/me/(?:mailFolders/[^/]+/)?messages/(?<message>[^/]+)";
  private static final String FOLDER = "/me/mailFolders/(?<folder>[^/]+)";
  private static final int PAGE_SIZE = 10;

  private final World world;

  MailHandler(World world) {
    this.world = world;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/me/messages", call -> list(call, null)),
        Route.of("GET", FOLDER + "/messages", call -> list(call, call.id("folder"))),
        Route.of("POST", "/me/messages", call -> create(call, Mailbox.DRAFTS)),
        Route.of("POST", FOLDER + "/messages", call -> create(call, call.id("folder"))),
        Route.of("GET", MESSAGE, this::get),
        Route.of("PATCH", MESSAGE, this::update),
        Route.of("DELETE", MESSAGE, this::delete),
        Route.of("POST", MESSAGE + "/(?:microsoft\\.graph\\.)?move", this::move),
        Route.of("GET", "/me/mailFolders", this::folders),
        Route.of("GET", FOLDER, this::folder));
  }

  static GraphFailure notFound() {
    return GraphFailure.of(
        404, "ErrorItemNotFound", "The specified object was not found in the store.");
  }

  static void require(Call call, Permission permission) {
    call.require(
        permission,
        () ->
            GraphFailure.of(
                403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."));
  }

  static GraphAnswer answer(Call call, int status, Message message) {
    boolean immutable = call.prefers("IdType=\"ImmutableId\"");
    JsonObject json = Expand.of(call).apply(message, message.json(immutable));
    GraphAnswer answer = GraphAnswer.json(status, Select.of(call).apply(json));
    return immutable ? answer.with("Preference-Applied", "IdType=\"ImmutableId\"") : answer;
  }

  private GraphAnswer list(Call call, @Nullable String folder) {
    require(call, Permission.MAIL_READ);
    String name = folder == null ? null : Mailbox.folder(folder);
    Predicate<JsonElement> filter = Filter.of(call.query("$filter"));
    Expand expand = Expand.of(call);
    boolean immutable = call.prefers("IdType=\"ImmutableId\"");
    Mailbox mailbox = world.mailboxOf(call.person());
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
              String value = Json.string(message, words[0]);
              return value == null ? "" : value.toLowerCase(Locale.ROOT);
            });
    return words.length > 1 && words[1].equalsIgnoreCase("desc") ? order.reversed() : order;
  }

  private GraphAnswer create(Call call, String folder) {
    require(call, Permission.MAIL_WRITE);
    String name = Mailbox.folder(folder);
    Mailbox mailbox = world.mailboxOf(call.person());
    synchronized (mailbox) {
      Message draft = mailbox.draft(call.json());
      if (!name.equals(Mailbox.DRAFTS)) {
        draft.move(name);
      }
      return answer(call, 201, draft);
    }
  }

  private GraphAnswer get(Call call) {
    require(call, Permission.MAIL_READ);
    Mailbox mailbox = world.mailboxOf(call.person());
    synchronized (mailbox) {
      return answer(call, 200, mailbox.get(call.id("message")));
    }
  }

  private GraphAnswer update(Call call) {
    require(call, Permission.MAIL_WRITE);
    Mailbox mailbox = world.mailboxOf(call.person());
    synchronized (mailbox) {
      Message message = mailbox.get(call.id("message"));
      mailbox.touch(message, call.json());
      return answer(call, 200, message);
    }
  }

  private GraphAnswer delete(Call call) {
    require(call, Permission.MAIL_WRITE);
    Mailbox mailbox = world.mailboxOf(call.person());
    synchronized (mailbox) {
      mailbox.remove(mailbox.get(call.id("message")));
      return GraphAnswer.empty(204);
    }
  }

  private GraphAnswer move(Call call) {
    require(call, Permission.MAIL_WRITE);
    String destination = Json.string(call.json(), "destinationId");
    if (destination == null) {
      throw GraphFailure.of(400, "ErrorInvalidIdMalformed", "Id is malformed.");
    }
    String folder = Mailbox.folder(destination);
    Mailbox mailbox = world.mailboxOf(call.person());
    synchronized (mailbox) {
      Message message = mailbox.get(call.id("message"));
      message.move(folder);
      return answer(call, 201, message);
    }
  }

  private GraphAnswer folders(Call call) {
    require(call, Permission.MAIL_READ);
    return Page.of(
        call,
        Mailbox.folders().keySet().stream()
            .skip(Page.position(call))
            .map(name -> folderJson(call, name)),
        PAGE_SIZE);
  }

  private GraphAnswer folder(Call call) {
    require(call, Permission.MAIL_READ);
    return GraphAnswer.json(200, folderJson(call, Mailbox.folder(call.id("folder"))));
  }

  private JsonObject folderJson(Call call, String name) {
    List<JsonObject> messages = world.mailboxOf(call.person()).messages(name);
    JsonObject json = new JsonObject();
    json.addProperty("id", Mailbox.folderId(name));
    json.addProperty("displayName", Mailbox.folders().get(name));
    json.addProperty("totalItemCount", messages.size());
    json.addProperty(
        "unreadItemCount",
        messages.stream().filter(each -> !each.get("isRead").getAsBoolean()).count());
    return json;
  }
}
