package dev.socketio.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.docs.Documents.Snippet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles the Java code in the documents but that of the guide by example, which is compiled where it comes from. */
final class SnippetsTest {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private static final Pattern TYPE =
            Pattern.compile("^public (?:final )?(?:class|interface|record) (\\w+)", Pattern.MULTILINE);

    /** What surrounds a snippet that is not a file of its own. It stands on one line, so that line numbers stay right. */
    private static final String BEFORE = Stream.of(
                            "com.fasterxml.jackson.core.type.TypeReference",
                            "com.fasterxml.jackson.databind.JsonNode",
                            "dev.socketio.*",
                            "dev.socketio.adapter.*",
                            "dev.socketio.adapter.redis.*",
                            "dev.socketio.engine.*",
                            "dev.socketio.protocol.*",
                            "jakarta.servlet.http.HttpSession",
                            "java.net.URI",
                            "java.security.Principal",
                            "java.time.*",
                            "java.util.*",
                            "java.util.concurrent.*",
                            "java.util.regex.Pattern")
                    .map(name -> "import " + name + "; ")
                    .collect(Collectors.joining())
            + "final class Fragment { void run(SocketIoServer io, Socket socket) throws Exception {";

    private static final String AFTER = "\n}}";

    static List<Snippet> snippets() {
        return Documents.all().stream()
                .filter(document -> !Documents.isGuide(document))
                .flatMap(document -> Documents.snippets(document, "java").stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void compiles(Snippet snippet) {
        assertThat(errors(snippet)).isEmpty();
    }

    @Test
    void findsWhatDoesNotCompile() {
        String code = "socket.emit(\"hello\");\nsocket.emit();";

        assertThat(errors(new Snippet(Path.of("x.md"), 10, code, "java")))
                .singleElement()
                .asString()
                .startsWith("x.md:11: ");
    }

    private static List<String> errors(Snippet snippet) {
        var type = TYPE.matcher(snippet.code());
        boolean whole = type.find();
        Source source = whole
                ? new Source(type.group(1), snippet.code())
                : new Source("Fragment", BEFORE + "\n" + snippet.code() + AFTER);
        int offset = snippet.line() - (whole ? 1 : 2);
        List<Diagnostic<? extends JavaFileObject>> found = new CopyOnWriteArrayList<>(); // some come late
        List<String> options = List.of(
                "-classpath",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-Xlint:deprecation,rawtypes,unchecked");
        try (Memory memory = new Memory(COMPILER.getStandardFileManager(found::add, Locale.ROOT, null))) {
            COMPILER.getTask(null, memory, found::add, options, null, List.of(source))
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream()
                .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
                .map(diagnostic -> snippet.document() + ":" + (diagnostic.getLineNumber() + offset) + ": "
                        + diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String type, String code) {
            super(URI.create("snippet:///" + type + Kind.SOURCE.extension), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }

    /** Takes the class files, which nobody needs, instead of the disk. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

        Memory(JavaFileManager disk) {
            super(disk);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String type, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + type + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream();
                }
            };
        }
    }
}
