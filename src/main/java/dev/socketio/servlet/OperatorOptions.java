package dev.socketio.servlet;

import dev.socketio.SocketIoServer;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** What an operator has set: in the web application's context, in the environment, and as system properties. */
final class OperatorOptions {

    private OperatorOptions() {}

    /** Returns the options without their prefix, unknown ones too, so that a typing error is told. */
    static Map<String, String> of(ServletContext context) {
        return of(context, System.getenv(), System.getProperties());
    }

    static Map<String, String> of(ServletContext context, Map<String, String> environment, Properties properties) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            put(options, name, context.getInitParameter(name));
        }
        putVariables(options, environment);
        for (String name : properties.stringPropertyNames()) {
            put(options, name, properties.getProperty(name));
        }
        return options;
    }

    private static void put(Map<String, String> options, String name, String text) {
        if (name.startsWith(SocketIoInitializer.PREFIX)) {
            options.put(name.substring(SocketIoInitializer.PREFIX.length()), text);
        }
    }

    /** Takes known names only: a service named {@code socketio} has Kubernetes make variables that look alike. */
    private static void putVariables(Map<String, String> options, Map<String, String> environment) {
        Set<String> names = new TreeSet<>(SocketIoServer.Builder.optionNames());
        names.add(SocketIoInitializer.DISCOVERY);
        for (String name : names) {
            String text = environment.get(variable(name));
            if (text != null) {
                options.put(name, text);
            }
        }
    }

    private static String variable(String name) {
        return (SocketIoInitializer.PREFIX + name).replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
