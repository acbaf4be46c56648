package dev.latchkey.examples.cli.graph;

import com.google.gson.JsonObject;
import dev.latchkey.examples.cli.output.JsonEvents;
import dev.latchkey.graph.drive.DriveItem;
import dev.latchkey.graph.mail.Message;
import dev.latchkey.graph.mail.Recipient;
import dev.latchkey.graph.planner.PlannerTask;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The lines that commands print about items of Graph, as JSON and as text. */
public final class GraphEvents {

  private GraphEvents() {}

  /**
   * An item of a drive.
   *
   * @param drive the drive's id for an item that does not name it; null if unknown
   */
  public static JsonObject item(DriveItem item, @Nullable String drive) {
    DriveItem.Parent parent = item.parent();
    JsonObject event = JsonEvents.event("item");
    event.addProperty("id", item.id());
    event.addProperty("name", item.name());
    event.addProperty("kind", kind(item));
    event.addProperty("size", item.size());
    event.addProperty("modified_at", instant(item.lastModified()));
    event.addProperty("parent_id", parent == null ? null : parent.id());
    event.addProperty(
        "drive_id", parent == null || parent.driveId() == null ? drive : parent.driveId());
    event.addProperty("etag", item.eTag());
    event.addProperty("web_url", item.webUrl());
    event.addProperty("deleted", item.deleted());
    return event;
  }

  private static @Nullable String kind(DriveItem item) {
    return item.isFolder() ? "folder" : item.isFile() ? "file" : null;
  }

  /** The path from the root of the drive if it is known; else the name, or else the id. */
  public static String path(DriveItem item) {
    String name = name(item);
    DriveItem.Parent parent = item.parent();
    String around = parent == null ? null : parent.path();
    int root = around == null ? -1 : around.indexOf("root:");
    if (around == null || root < 0) {
      return name;
    }
    try {
      String encoded = around.substring(root + "root:".length()).replace("+", "%2B");
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8) + "/" + name;
    } catch (IllegalArgumentException notEncoded) {
      return name;
    }
  }

  private static String name(DriveItem item) {
    return item.name() == null ? item.id() : item.name();
  }

  /** A line like those of {@code ls -l}. */
  public static String line(DriveItem item) {
    return line(item, name(item));
  }

  public static String line(DriveItem item, String called) {
    String size = item.isFolder() || item.size() == null ? "-" : item.size().toString();
    String when = item.lastModified() == null ? "-" : JsonEvents.instant(item.lastModified());
    String slash = item.isFolder() && !called.endsWith("/") ? "/" : "";
    return String.format("%12s  %-20s  %s", size, when, called + slash);
  }

  public static JsonObject task(PlannerTask task) {
    JsonObject event = JsonEvents.event("task");
    event.addProperty("id", task.id());
    event.addProperty("title", task.title());
    event.addProperty("percent_complete", task.percentComplete());
    event.addProperty("plan_id", task.planId());
    event.addProperty("priority", task.priority());
    event.addProperty("due_at", instant(task.dueDateTime()));
    event.addProperty("completed_at", instant(task.completedDateTime()));
    return event;
  }

  public static String line(PlannerTask task) {
    return String.format("%3d %%  %s  %s", task.percentComplete(), task.id(), task.title());
  }

  public static JsonObject mail(Message mail) {
    JsonObject event = JsonEvents.event("mail");
    event.addProperty("id", mail.id());
    event.addProperty("subject", mail.subject());
    event.addProperty("from", address(mail.from()));
    event.addProperty("received_at", instant(mail.receivedDateTime()));
    event.addProperty("is_read", mail.isRead());
    event.addProperty("preview", mail.bodyPreview());
    event.addProperty("folder_id", mail.parentFolderId());
    return event;
  }

  public static String[] lines(Message mail) {
    boolean unread = Boolean.FALSE.equals(mail.isRead());
    String when =
        mail.receivedDateTime() == null ? "-" : JsonEvents.instant(mail.receivedDateTime());
    String first =
        String.format(
            "%s %-20s  %-30s  %s", unread ? "*" : " ", when, address(mail.from()), mail.subject());
    return new String[] {first, "  " + mail.id()};
  }

  private static @Nullable String address(@Nullable Recipient recipient) {
    return recipient == null
        ? null
        : recipient.address() == null ? recipient.name() : recipient.address();
  }

  public static @Nullable String instant(@Nullable Instant instant) {
    return instant == null ? null : JsonEvents.instant(instant);
  }
}
