package dev.latchkey.api;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The types that a module exports to everybody, with their public and protected members. */
final class PublicApi {

  private static final Set<String> IN_EVERY_OBJECT =
      Set.of("equals(java.lang.Object)", "hashCode()", "toString()");
  private static final Set<String> IN_EVERY_ENUM = Set.of("values()", "valueOf(java.lang.String)");

  private final Visibility visibility;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> hidden = new TreeSet<>();

  private PublicApi(Visibility visibility) {
    this.visibility = visibility;
  }

  /** Reads the API from compiled classes and their module descriptor. */
  static PublicApi of(Path classes) {
    ModuleDescriptor module = Visibility.descriptor(classes);
    PublicApi api = new PublicApi(new Visibility(module));
    module.exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .sorted()
        .flatMap(name -> types(classes, name))
        .filter(api.visibility::isVisible)
        .forEach(api::add);
    return api;
  }

  List<String> lines() {
    return lines;
  }

  /** Which signature names a type that callers cannot see. */
  Set<String> hiddenTypesInSignatures() {
    return hidden;
  }

  private static Stream<Class<?>> types(Path classes, String name) {
    try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
          .map(file -> name + "." + file.substring(0, file.length() - ".class".length()))
          .sorted()
          .toList()
          .stream()
          .map(PublicApi::load);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(Class<?> type) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add(header(type));
    members(type).map(line -> "  " + line).forEach(lines::add);
  }

  private Stream<String> members(Class<?> type) {
    Stream<String> constants =
        Arrays.stream(type.getDeclaredFields()).filter(Field::isEnumConstant).map(Field::getName);
    Stream<String> fields =
        Arrays.stream(type.getDeclaredFields())
            .filter(field -> Visibility.isOpen(field.getModifiers()))
            .filter(field -> !field.isSynthetic() && !field.isEnumConstant())
            .sorted(comparing(Field::getName))
            .map(this::field);
    Stream<String> constructors =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(constructor -> Visibility.isOpen(constructor.getModifiers()))
            .filter(constructor -> !constructor.isSynthetic())
            .map(this::constructor)
            .sorted();
    Stream<String> methods =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> Visibility.isOpen(method.getModifiers()))
            .filter(method -> !method.isSynthetic() && !isImplied(method))
            .sorted(comparing(PublicApi::nameAndParameters))
            .map(this::method);
    return Stream.of(constants, fields, constructors, methods).flatMap(member -> member);
  }

  private static boolean isImplied(Method method) {
    String call = nameAndParameters(method);
    return IN_EVERY_OBJECT.contains(call)
        || (method.getDeclaringClass().isEnum() && IN_EVERY_ENUM.contains(call));
  }

  private static String nameAndParameters(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getName)
        .collect(joining(",", method.getName() + "(", ")"));
  }

  private String header(Class<?> type) {
    Signature signature = new Signature(type.getPackageName());
    int modifiers = type.getModifiers();
    String kind = "class";
    if (type.isAnnotation()) {
      kind = "@interface";
    } else if (type.isInterface()) {
      kind = "interface";
    } else if (type.isEnum()) {
      kind = "enum";
    } else if (type.isRecord()) {
      kind = "record";
    }
    if (type.isInterface()) {
      modifiers &= ~(Modifier.ABSTRACT | Modifier.STATIC);
    } else if (type.isEnum() || type.isRecord()) {
      modifiers &= ~(Modifier.ABSTRACT | Modifier.STATIC | Modifier.FINAL);
    }
    StringBuilder line =
        new StringBuilder(Modifier.toString(modifiers & Modifier.classModifiers()));
    line.append(type.isSealed() ? " sealed " : " ").append(kind).append(' ');
    line.append(type.getCanonicalName())
        .append(typeParameters(type.getTypeParameters(), signature));
    AnnotatedType parent = type.getAnnotatedSuperclass();
    if (parent != null && kind.equals("class") && parent.getType() != Object.class) {
      line.append(" extends ").append(signature.of(parent));
    }
    line.append(
        list(
            type.isInterface() ? " extends " : " implements ",
            signature,
            type.getAnnotatedInterfaces()));
    note(type.getName(), signature);
    return line.toString();
  }

  private String field(Field field) {
    Signature signature = new Signature(field.getDeclaringClass().getPackageName());
    String line =
        modifiers(field.getModifiers(), Modifier.fieldModifiers())
            + signature.of(field.getAnnotatedType())
            + " "
            + field.getName();
    note(field.getDeclaringClass().getName() + ": " + line, signature);
    return line;
  }

  private String constructor(Constructor<?> constructor) {
    Signature signature = new Signature(constructor.getDeclaringClass().getPackageName());
    String line =
        modifiers(constructor.getModifiers(), Modifier.constructorModifiers())
            + call(constructor, constructor.getDeclaringClass().getSimpleName(), signature);
    note(constructor.getDeclaringClass().getName() + ": " + line, signature);
    return line;
  }

  private String method(Method method) {
    Signature signature = new Signature(method.getDeclaringClass().getPackageName());
    int modifiers = method.getModifiers();
    if (method.getDeclaringClass().isInterface()) {
      modifiers &= ~Modifier.ABSTRACT;
    }
    String variables = typeParameters(method.getTypeParameters(), signature);
    String line =
        modifiers(modifiers, Modifier.methodModifiers() & ~Modifier.SYNCHRONIZED)
            + (method.isDefault() ? "default " : "")
            + (variables.isEmpty() ? "" : variables + " ")
            + signature.of(method.getAnnotatedReturnType())
            + " "
            + call(method, method.getName(), signature);
    note(method.getDeclaringClass().getName() + ": " + line, signature);
    return line;
  }

  private static String call(Executable member, String name, Signature signature) {
    String parameters =
        Arrays.stream(member.getAnnotatedParameterTypes())
            .map(signature::of)
            .collect(joining(", ", "(", ")"));
    return name
        + (member.isVarArgs() ? parameters.replaceFirst("\\[]\\)$", "...)") : parameters)
        + list(" throws ", signature, member.getAnnotatedExceptionTypes());
  }

  private static String list(String prefix, Signature signature, AnnotatedType... types) {
    return types.length == 0
        ? ""
        : Arrays.stream(types).map(signature::of).sorted().collect(joining(", ", prefix, ""));
  }

  private static String typeParameters(TypeVariable<?>[] variables, Signature signature) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(variable -> variable.getName() + signature.bounds(variable.getAnnotatedBounds()))
            .collect(joining(", ", "<", ">"));
  }

  private static String modifiers(int modifiers, int ofInterest) {
    String text = Modifier.toString(modifiers & ofInterest);
    return text.isEmpty() ? "" : text + " ";
  }

  private void note(String place, Signature signature) {
    signature.types().stream()
        .filter(type -> !visibility.isVisible(type))
        .forEach(type -> hidden.add(place + " names " + type.getName()));
  }
}
