package dev.socketio.spring;

import dev.socketio.SocketIoServer;
import dev.socketio.servlet.SocketIoInitializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The options among Spring's properties, under the names that {@link SocketIoServer.Builder#override} knows. */
final class SpringOptions {

    private SpringOptions() {}

    /** Returns the options that are set; unknown ones too, as they are, so that a typing error is told. */
    static Map<String, String> of(ConfigurableEnvironment environment) {
        Map<String, String> names = new TreeMap<>();
        for (String name : SocketIoServer.Builder.optionNames()) {
            names.put(uniform(name), name);
        }
        Map<String, String> options = new LinkedHashMap<>();
        Binder binder = Binder.get(environment);
        names.forEach((uniform, name) -> binder.bind(
                        SocketIoInitializer.PREFIX + uniform, Bindable.listOf(String.class))
                .ifBound(values -> options.put(name, String.join(",", values))));
        names.put(uniform(SocketIoInitializer.DISCOVERY), SocketIoInitializer.DISCOVERY);
        for (PropertySource<?> source : environment.getPropertySources()) {
            for (String key : keys(source)) {
                if (!names.containsKey(uniform(key))) {
                    options.put(key, String.valueOf(source.getProperty(SocketIoInitializer.PREFIX + key)));
                }
            }
        }
        return options;
    }

    /** Environment variables are not looked through: a service named {@code socketio} has Kubernetes make some. */
    private static List<String> keys(PropertySource<?> source) {
        if (!(source instanceof EnumerablePropertySource<?> known)
                || source instanceof SystemEnvironmentPropertySource) {
            return List.of();
        }
        return List.of(known.getPropertyNames()).stream()
                .filter(name -> name.startsWith(SocketIoInitializer.PREFIX))
                .map(name -> name.substring(SocketIoInitializer.PREFIX.length()))
                .toList();
    }

    /** What the spellings {@code pingInterval} and {@code ping-interval}, and elements of a list, have in common. */
    private static String uniform(String name) {
        int element = name.indexOf('[');
        return (element < 0 ? name : name.substring(0, element))
                .replace("-", "")
                .toLowerCase(Locale.ROOT);
    }
}
