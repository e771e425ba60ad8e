package io.buildkitefleet.sdk;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** What a service says when it is called, as the SDK takes it. */
final class Answer {
    private Answer() {}

    static <Q, A> CompletableFuture<A> of(BiConsumer<Q, StreamObserver<A>> call, Q request) {
        var answer = new CompletableFuture<A>();
        call.accept(request, new StreamObserver<>() {
            @Override
            public void onNext(A value) {
                answer.complete(value);
            }

            @Override
            public void onError(Throwable reason) {
                answer.completeExceptionally(reason);
            }

            @Override
            public void onCompleted() {}
        });
        return answer;
    }
}
