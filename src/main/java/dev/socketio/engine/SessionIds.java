package dev.socketio.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of session ids: what makes one unique, and in a cluster a dot and the node that has the session. That is where
 * the balancers of servlet containers look for it, too ({@code jvmRoute}).
 */
final class SessionIds {

    /** What stands in a URL and in a cookie as it is (RFC 3986, 2.3). */
    private static final String UNIQUE = "[A-Za-z0-9._~-]{1,200}";

    /** Without a dot, so that the last one of an id tells where the node begins. */
    private static final String NODE = "[A-Za-z0-9_-]{1,32}";

    private static final Pattern UNIQUE_PATTERN = Pattern.compile(UNIQUE);
    private static final Pattern NODE_PATTERN = Pattern.compile(NODE);
    private static final Pattern OF_A_NODE = Pattern.compile(UNIQUE + "\\.(" + NODE + ")");

    /** Null if this server has no name. */
    private final @Nullable String node;

    private final String suffix;

    SessionIds(@Nullable String node) {
        this.node = node;
        this.suffix = node == null ? "" : "." + node;
    }

    static boolean isUnique(String text) {
        return UNIQUE_PATTERN.matcher(text).matches();
    }

    /** Returns the name of a node if it can stand in an id. */
    static String requireNode(String argument, String name) {
        if (!NODE_PATTERN.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    argument + " is \"" + name + "\": give 1 to 32 letters, digits, hyphens and underscores");
        }
        return name;
    }

    String withNode(String unique) {
        return unique + suffix;
    }

    /** Returns the other node that an id names; null if it is of this node, or names none. */
    @Nullable
    String otherNode(@Nullable String sid) {
        if (node == null || sid == null || sid.endsWith(suffix)) {
            return null;
        }
        Matcher id = OF_A_NODE.matcher(sid);
        return id.matches() ? id.group(1) : null;
    }
}
