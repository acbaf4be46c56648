/** A few typed Microsoft Graph endpoints on top of a Latchkey token source. */
module dev.latchkey.graph {
  requires transitive com.google.gson;
  requires transitive dev.latchkey;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.latchkey.graph;
  exports dev.latchkey.graph.batch;
  exports dev.latchkey.graph.drive;
  exports dev.latchkey.graph.error;
  exports dev.latchkey.graph.mail;
  exports dev.latchkey.graph.planner;
  exports dev.latchkey.graph.teams;
}
