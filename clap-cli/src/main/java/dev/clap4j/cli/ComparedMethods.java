package dev.clap4j.cli;

import dev.clap4j.engine.Engine;
import dev.clap4j.evaluation.Method;
import dev.clap4j.head.CompiledHead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CLIP, then every head at every strength. Owns the compiled heads. */
final class ComparedMethods implements AutoCloseable {
    private final List<CompiledHead> compiled = new ArrayList<>();
    private final List<Method> methods = new ArrayList<>(List.of(Method.CLIP));

    private ComparedMethods() {}

    static ComparedMethods of(List<NamedHead> heads, Engine engine) {
        ComparedMethods compared = new ComparedMethods();
        for (NamedHead head : heads) {
            CompiledHead ready = head.head().compile(engine);
            compared.compiled.add(ready);
            head.alphas().forEach(alpha -> compared.methods.add(Method.of(head.name(), ready::apply, alpha)));
        }
        return compared;
    }

    /** What each head is, by the names of its methods. */
    static Map<String, String> digests(List<NamedHead> heads) {
        Map<String, String> digests = new LinkedHashMap<>();
        heads.forEach(
                head -> head.alphas().forEach(alpha -> digests.put(Method.name(head.name(), alpha), head.digest())));
        return digests;
    }

    List<Method> list() {
        return List.copyOf(methods);
    }

    @Override
    public void close() {
        compiled.forEach(CompiledHead::close);
    }
}
