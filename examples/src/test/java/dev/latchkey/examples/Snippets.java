package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The Java of documents, compiled as it stands there. */
final class Snippets {

  private Snippets() {}

  /** Fails with the compiler's messages unless all sources compile. They are named by class. */
  static void assertCompile(Map<String, String> sources, Path classes) {
    List<JavaFileObject> files = new ArrayList<>();
    sources.forEach((name, code) -> files.add(source(name, code)));
    StringWriter messages = new StringWriter();

    boolean compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                messages,
                null,
                null,
                List.of("-d", classes.toString(), "-proc:none", "-cp", classPath()),
                null,
                files)
            .call();

    assertThat(compiled).as("%s", messages).isTrue();
  }

  private static JavaFileObject source(String name, String code) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
      }
    };
  }

  private static String classPath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", ""));
  }
}
