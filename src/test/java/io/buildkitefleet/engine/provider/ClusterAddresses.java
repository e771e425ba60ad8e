package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Map;
import java.util.function.Supplier;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateResponse;

/** Gives what a provider says of a cluster the address of one that is really there. */
final class ClusterAddresses implements ServerInterceptor {
    private final Supplier<ClusterAddress> cluster;

    ClusterAddresses(Supplier<ClusterAddress> cluster) {
        this.cluster = cluster;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var answering = new SimpleForwardingServerCall<>(call) {
            @Override
            @SuppressWarnings("unchecked")
            public void sendMessage(A message) {
                super.sendMessage((A) withAddress(message));
            }
        };
        return next.startCall(answering, headers);
    }

    private Object withAddress(Object message) {
        if (message instanceof CreateResponse made) {
            return made.toBuilder()
                    .setProperties(withAddress(made.getProperties()))
                    .build();
        }
        if (message instanceof ReadResponse read) {
            return read.toBuilder()
                    .setProperties(withAddress(read.getProperties()))
                    .build();
        }
        if (message instanceof UpdateResponse updated) {
            return updated.toBuilder()
                    .setProperties(withAddress(updated.getProperties()))
                    .build();
        }
        return message;
    }

    /** Nothing but a cluster has an authority; that of a preview is not known yet. */
    private Struct withAddress(Struct outputs) {
        var endpoint = outputs.getFieldsOrDefault("endpoint", Values.UNKNOWN);
        if (!outputs.containsFields("masterAuth") || Values.isUnknown(endpoint)) {
            return outputs;
        }
        var address = cluster.get();
        var certificate = Map.of("clusterCaCertificate", Values.of(address.authority()));
        var dns = Map.of("dnsEndpointConfig", Values.of(Map.of("endpoint", Values.of(address.endpoint()))));
        var reached = Values.withNested(outputs, "controlPlaneEndpointsConfig", dns);
        return Values.withNested(reached, "masterAuth", certificate).toBuilder()
                .putFields("endpoint", Values.of(address.endpoint()))
                .build();
    }
}
