package dev.clap4j.internal.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tensor file without the prefixes that training code adds to a model's tensor names: {@code module.} of {@code
 * DataParallel}, {@code _orig_mod.} of {@code torch.compile}, {@code model.} of Lightning, {@code state_dict.}, or any
 * other. Tensors that are not part of the model are left out.
 */
public final class UnwrappedFile implements TensorFile {
    private static final Logger LOG = LoggerFactory.getLogger(UnwrappedFile.class);

    /** Wrapper modules that compute nothing themselves, anywhere in a name. */
    private static final Set<String> TRANSPARENT =
            Set.of("_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module");

    private final TensorFile file;
    private final Map<String, String> stored; // names in the file, by the model's names

    private UnwrappedFile(TensorFile file, Map<String, String> stored) {
        this.file = file;
        this.stored = stored;
    }

    /**
     * Returns a file under the model's own names.
     *
     * @param landmarks tensor names by which the model is recognised: the prefix of one of them is the prefix of all. A
     *     file without any of them is returned unchanged.
     */
    public static TensorFile of(TensorFile file, Set<String> landmarks) {
        Map<String, String> plain = new LinkedHashMap<>();
        file.names().forEach(name -> plain.putIfAbsent(withoutTransparent(name), name));
        if (plain.size() < file.names().size()) {
            return file; // two names would coincide
        }
        Set<String> prefixes = plain.keySet().stream()
                .flatMap(name -> landmarks.stream().filter(name::endsWith).map(mark -> prefix(name, mark)))
                .filter(prefix -> prefix.isEmpty() || prefix.endsWith("."))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (prefixes.isEmpty() || prefixes.contains("")) {
            return plain.keySet().equals(file.names()) ? file : new UnwrappedFile(file, plain);
        }
        String taken = prefixes.stream()
                .filter(prefix -> !prefix.contains("ema"))
                .findFirst()
                .orElseGet(() -> prefixes.iterator().next());
        Map<String, String> stored = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        plain.forEach((name, original) -> {
            if (name.startsWith(taken)) {
                stored.put(name.substring(taken.length()), original);
            } else {
                left.add(name);
            }
        });
        if (!left.isEmpty()) {
            LOG.warn(Names.printable(file.path() + ": using the tensors " + taken + "*, not " + Names.preview(left)));
        }
        return new UnwrappedFile(file, stored);
    }

    private static String prefix(String name, String mark) {
        return name.substring(0, name.length() - mark.length());
    }

    private static String withoutTransparent(String name) {
        return Arrays.stream(name.split("\\.", -1))
                .filter(part -> !TRANSPARENT.contains(part))
                .collect(Collectors.joining("."));
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public List<Path> files() {
        return file.files();
    }

    @Override
    public Map<String, String> metadata() {
        return file.metadata();
    }

    @Override
    public Map<String, String> unreadable() {
        return file.unreadable();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(stored.keySet());
    }

    @Override
    public TensorInfo info(String name) {
        TensorInfo info = file.info(stored(name));
        return new TensorInfo(name, info.type(), info.shape());
    }

    @Override
    public TensorData get(String name) {
        return file.get(stored(name)).named(name);
    }

    private String stored(String name) {
        return stored.getOrDefault(name, name);
    }
}
