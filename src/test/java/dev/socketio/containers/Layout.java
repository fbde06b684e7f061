package dev.socketio.containers;

import com.google.errorprone.annotations.Immutable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What differs from one distribution to the next: its files, its command line, and the words of its log. */
@Immutable
interface Layout {

    /** The name of the web application at the context path {@code /}. */
    String ROOT = "ROOT";

    /**
     * Prepares a folder of configuration, so that the distribution itself stays as it was unpacked.
     *
     * @param base empty
     * @param port for HTTP, to listen to on 127.0.0.1 if the server can be told so
     * @return the rest of the command after {@code java} and the options for the JVM
     */
    List<String> prepare(Path home, Path base, int port) throws IOException;

    /** Returns where a WAR is to be copied, by which it is deployed while the server runs. */
    Path war(Path base, String name);

    /** Returns where a WAR is to be copied that is to be there from the start. */
    default Path firstWar(Path base, String name) {
        return war(base, name);
    }

    /** Returns what the log says when everything has started that was there at the start. */
    Pattern started();

    /** Returns what the log says when a WAR has been deployed, for the first time or again. */
    Pattern deployed(String name);

    /** Returns what has to be replaced in its files, of which each must occur; for {@link #prepare}. */
    static String edited(String text, Map<String, String> changes) {
        String edited = text;
        for (Map.Entry<String, String> change : changes.entrySet()) {
            if (!edited.contains(change.getKey())) {
                throw new AssertionError("there is no " + change.getKey() + " in:\n" + text);
            }
            edited = edited.replace(change.getKey(), change.getValue());
        }
        return edited;
    }

    /** Returns the context path in the way that logs have it. */
    static String contextPath(String name) {
        return name.equals(ROOT) ? "/" : "/" + name;
    }
}
