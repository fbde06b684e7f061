package dev.socketio.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet as it travels: a text, then its attachments, each a message of the connection.
 *
 * @param text null if the parser writes bytes only
 * @param attachments shared, not to be modified
 */
public record EncodedPacket(@Nullable String text, List<byte[]> attachments) {}
