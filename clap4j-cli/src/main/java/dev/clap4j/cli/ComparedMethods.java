package dev.clap4j.cli;

import dev.clap4j.evaluation.EvaluatedHead;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.attack.AttackMethod;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.head.CompiledHead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CLIP, then every head with every α. Owns the compiled heads. */
final class ComparedMethods implements AutoCloseable {
    private final List<CompiledHead> compiled = new ArrayList<>();
    private final List<AttackMethod> methods = new ArrayList<>(List.of(AttackMethod.CLIP));

    private ComparedMethods() {}

    static ComparedMethods of(List<NamedHead> heads, Engine engine) {
        ComparedMethods compared = new ComparedMethods();
        for (NamedHead head : heads) {
            CompiledHead ready = CompiledHead.of(head.head(), engine);
            compared.compiled.add(ready);
            head.alphas()
                    .values()
                    .forEach(alpha -> compared.methods.add(
                            new AttackMethod(Method.of(head.name(), ready::apply, alpha), head.head())));
        }
        return compared;
    }

    /** Returns the heads by method name. */
    static Map<String, EvaluatedHead> described(List<NamedHead> heads) {
        Map<String, EvaluatedHead> described = new LinkedHashMap<>();
        heads.forEach(head -> head.alphas()
                .values()
                .forEach(alpha -> described.put(Method.name(head.name(), alpha), EvaluatedHead.of(head.head()))));
        return described;
    }

    List<Method> list() {
        return methods.stream().map(AttackMethod::method).toList();
    }

    /** The same methods, with what gradients need. */
    List<AttackMethod> toAttack() {
        return List.copyOf(methods);
    }

    @Override
    public void close() {
        compiled.forEach(CompiledHead::close);
    }
}
