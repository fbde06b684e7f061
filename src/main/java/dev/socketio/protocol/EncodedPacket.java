package dev.socketio.protocol;

import java.util.List;

/**
 * A packet as it travels: a text, then its attachments, each a message of the connection.
 *
 * @param attachments shared, not to be modified
 */
public record EncodedPacket(String text, List<byte[]> attachments) {}
