module com.example.app {
  requires dev.latchkey;
  requires dev.latchkey.graph;
  requires dev.latchkey.testkit;
}
