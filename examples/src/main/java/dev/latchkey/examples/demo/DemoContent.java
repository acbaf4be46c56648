package dev.latchkey.examples.demo;

import dev.latchkey.testkit.FakeAuthorizationServer;
import dev.latchkey.testkit.FakeDrive;
import dev.latchkey.testkit.FakePlan;
import dev.latchkey.testkit.FakeTeam;

/** What the users of the demo have in Graph at the start. */
final class DemoContent {

  static final int NOTES = 25;
  static final int PAGE = 10;

  static final String[] PEOPLE = DemoServers.people().toArray(String[]::new);
  static final String TEAM = "Locksmiths";
  static final String CHANNEL = "Workshop";
  static final String SITE_HOST = "contoso.sharepoint.example";
  static final String SITE_PATH = "/sites/locksmiths";

  final FakeTeam team;
  final FakePlan plan;
  final String taskId;

  DemoContent(FakeAuthorizationServer server) {
    for (String user : PEOPLE) {
      FakeDrive drive = server.graph().drive(user);
      drive.addFile("Reports/2026/plan.txt", "Build what people would keep.\n");
      drive.addFile("Reports/budget.csv", "month,amount\n2026-01,100\n");
      drive.addFile("Welcome.txt", "Welcome to the drive of " + user + "\n");
      for (int i = 1; i <= NOTES; i++) {
        drive.addFile(String.format("Notes/note %03d.txt", i), "Note " + i + "\n");
      }
      server.graph().mailbox(user).receive("boss@contoso.example", "The plan", "Is it done?");
    }
    server.graph().settings().pageSize(PAGE);
    team = server.graph().addTeam(TEAM, DemoServers.ADELE, DemoServers.BRUNO);
    team.addChannel(CHANNEL);
    team.drive().addFile("Workshop/minutes.txt", "No one was locked out.\n");
    FakeDrive site = server.graph().addSite(SITE_HOST, SITE_PATH);
    site.addFile("Price list.csv", "key,price\nplain,5\n");
    site.addFile("Patterns/plain.txt", "Two cuts, one notch.\n");
    plan = team.addPlan("Locks");
    taskId = plan.addTask("Cut the key", DemoServers.ADELE, DemoServers.BRUNO);
    plan.addTask("Oil the lock", DemoServers.ADELE);
  }
}
