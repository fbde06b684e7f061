package dev.socketio.adapter.redis;

/**
 * Which rooms have channels of their own with the sharded adapter, so that their events come only to the servers where
 * somebody is in them. All servers of a cluster need the same mode.
 */
public enum SubscriptionMode {
    /** None has: two channels for each namespace, and every server gets every event. */
    STATIC,
    /** All rooms have, but not those that each socket is alone in: for few rooms with many sockets each. */
    DYNAMIC,
    /** All rooms have, those of single sockets too: for applications that send much to single sockets. */
    DYNAMIC_PRIVATE
}
