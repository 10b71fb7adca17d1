"""The demonstration's people: who comes, who works, and what they do, on the agenda of a simulation (simpy).

They use the same errands and actions as the desks: in the past under a clock moved by hand (`history`),
in the present by the demonstration's clock (`visitors`). Everything here is demo.
"""
