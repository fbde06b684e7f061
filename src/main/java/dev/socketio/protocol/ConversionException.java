package dev.socketio.protocol;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.io.Serial;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value that came from a client cannot be read as the type that was asked for. */
public final class ConversionException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Names of properties can be as long as a message; enough of a path to find the place is kept. */
    private static final int MAX_PATH_LENGTH = 200;

    private static final Pattern IDENTIFIER = Pattern.compile("[\\p{Alpha}_$][\\p{Alnum}_$]*");

    private final @Nullable String event;
    private final int index;
    private final String path;

    private ConversionException(String message, @Nullable String event, int index, String path, Throwable cause) {
        super(message, cause);
        this.event = event;
        this.index = index;
        this.path = path;
    }

    /** @param event null for the argument of an acknowledgement */
    static ConversionException ofArgument(@Nullable String event, int index, String type, Exception cause) {
        String path = path("[" + index + "]", cause);
        String origin = event == null ? "" : " of event \"" + EventNames.printable(event) + "\"";
        return new ConversionException(
                "argument " + path + origin + " does not fit " + type, event, index, path, cause);
    }

    /** @param property empty for a whole value */
    static ConversionException ofValue(String property, String type, Exception cause) {
        String path = path(property, cause);
        String what = path.isEmpty() ? "the value" : path;
        return new ConversionException(what + " does not fit " + type, null, -1, path, cause);
    }

    private static String path(String start, Exception cause) {
        StringBuilder path = new StringBuilder(start);
        if (cause instanceof JsonMappingException mapping) {
            for (Reference step : mapping.getPath()) {
                append(path, step);
            }
        }
        return path.length() <= MAX_PATH_LENGTH ? path.toString() : path.substring(0, MAX_PATH_LENGTH) + "…";
    }

    private static void append(StringBuilder path, Reference step) {
        String name = step.getFieldName();
        if (path.length() > MAX_PATH_LENGTH) {
            return;
        }
        if (name == null) {
            path.append('[').append(step.getIndex()).append(']');
        } else if (IDENTIFIER.matcher(name).matches()) {
            path.append(path.isEmpty() ? "" : ".").append(name);
        } else {
            path.append("[\"").append(EventNames.printable(name)).append("\"]");
        }
    }

    /** Returns the name of the event whose argument it is; empty for an acknowledgement and for a value by itself. */
    public Optional<String> event() {
        return Optional.ofNullable(event);
    }

    /** Returns the position of the argument, from 0; -1 for a value that is not an argument. */
    public int index() {
        return index;
    }

    /**
     * Returns where in what the client sent the misfit is, such as {@code [0].points[3].x}: the argument at first, then
     * properties and positions. For a value that is not an argument it begins with a property, and is empty if the value
     * as a whole is meant.
     */
    public String path() {
        return path;
    }
}
