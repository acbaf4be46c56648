package dev.latchkey.testkit.internal.graph.call;

import java.util.List;
import java.util.Set;

/** What a call requires: one of these delegated scopes, the least privileged first. */
public enum Permission {
  USER_READ(
      "User.Read", "User.ReadWrite", "User.Read.All", "User.ReadWrite.All", "Directory.Read.All"),
  OWN_FILES_READ("Files.Read", "Files.ReadWrite", Groups.FILES_READ, Groups.FILES_WRITE),
  OWN_FILES_WRITE("Files.ReadWrite", Groups.FILES_WRITE),
  FILES_READ(Groups.FILES_READ, Groups.FILES_WRITE),
  FILES_WRITE(Groups.FILES_WRITE),
  SITES_READ("Sites.Read.All Sites.ReadWrite.All Sites.Manage.All Sites.FullControl.All"),
  TEAMS_READ("Team.ReadBasic.All TeamSettings.Read.All", Groups.GROUPS),
  CHANNELS_READ("Channel.ReadBasic.All ChannelSettings.Read.All", Groups.GROUPS),
  CHANNEL_READ("ChannelMessage.Read.All", Groups.GROUPS),
  CHANNEL_SEND("ChannelMessage.Send Group.ReadWrite.All"),
  TASKS_READ("Tasks.Read Tasks.ReadWrite", Groups.GROUPS),
  TASKS_WRITE("Tasks.ReadWrite Group.ReadWrite.All"),
  MAIL_READ("Mail.Read Mail.ReadWrite"),
  MAIL_WRITE("Mail.ReadWrite"),
  MAIL_SEND("Mail.Send");

  private final String scopes;

  Permission(String... scopes) {
    this.scopes = String.join(" ", scopes);
  }

  public List<String> scopes() {
    return List.of(scopes.split(" "));
  }

  boolean isGrantedBy(Set<String> granted) {
    return granted.contains(".default") || scopes().stream().anyMatch(granted::contains);
  }

  private static final class Groups {
    static final String FILES_READ = "Files.Read.All Sites.Read.All";
    static final String FILES_WRITE = "Files.ReadWrite.All Sites.ReadWrite.All";
    static final String GROUPS = "Group.Read.All Group.ReadWrite.All";
  }
}
