"""The air: a controller for the guest and the link between it and the straps, made of bumble's software controllers.

bumble answers some commands in ways that BlueZ does not survive; what differs here is written where it differs.
"""

import asyncio
import logging

from bumble import core, hci, link, ll
from bumble.controller import Controller
from bumble.transport.common import StreamPacketSink, StreamPacketSource

# As long as a kernel's default supervision time-out of a link.
SUPERVISION = 0.42
CSR, BROADCOM, INTEL = 10, 15, 2


class Air(link.LocalLink):
    """Carries packets between controllers, advertisements only to those who listen."""

    def __init__(self):
        super().__init__()
        self.signal = {}

    def send_advertising_pdu(self, sender_controller, packet):
        loop = asyncio.get_running_loop()
        for controller in self.controllers:
            if controller is sender_controller:
                continue
            if isinstance(packet, ll.ConnectInd) or controller.le_scan_enable or controller.pending_le_connection:
                loop.call_soon(controller.on_ll_advertising_pdu, packet)

    def send_acl_data(self, sender_controller, destination_address, transport, data):
        # bumble takes the random address for the sender's; a central may also use its public one.
        connection = sender_controller.le_connections.get(destination_address)
        receiver = self.find_le_controller(destination_address)
        if connection and receiver:
            asyncio.get_running_loop().call_soon(receiver.on_link_acl_data, connection.self_address, transport, data)


def features_of_4_2(controller):
    controller.hci_version = controller.lmp_version = hci.HCI_VERSION_BLUETOOTH_CORE_4_2
    controller.le_features = (
        hci.LeFeatureMask.LE_ENCRYPTION | hci.LeFeatureMask.CONNECTION_PARAMETERS_REQUEST_PROCEDURE
        | hci.LeFeatureMask.PERIPHERAL_INITIATED_FEATURE_EXCHANGE | hci.LeFeatureMask.LE_PING)


class StrapController(Controller):
    """A strap's own controller."""

    def __init__(self, name, air):
        super().__init__(name, link=air)
        features_of_4_2(self)

    def fall_silent(self):
        """Out of reach: neither side hears the other any more, and each notices when its supervision time is over."""
        self.le_legacy_advertiser.stop()
        for connection in list(self.le_connections.values()):
            central = self.link.find_le_controller(connection.peer_address)
            reason = hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR
            self.on_le_disconnected(connection, reason)
            if central and (other := central.le_connections.get(connection.self_address)):
                asyncio.get_running_loop().call_later(SUPERVISION, central.lose, other, reason)


class Adapter(Controller):
    """The controller that the guest's kernel sees on /dev/vhci."""

    def __init__(self, air, address, links=250, manufacturer=CSR):
        super().__init__("adapter", link=air, public_address=address)
        features_of_4_2(self)
        self.manufacturer_company_identifier = manufacturer
        self.links = links
        self.accept_list = set()
        self.reported = set()
        # What the tests ask afterwards.
        self.most_links = 0
        self.initiations = 0

    async def plug_in(self, socket):
        source = StreamPacketSource()
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_unix_connection(lambda: source, socket)
        source.set_packet_sink(self)
        self.host = StreamPacketSink(self.transport)

    def lose(self, connection, reason):
        if connection.peer_address in self.le_connections:
            self.on_le_disconnected(connection, reason)

    # MARK: answers that BlueZ needs otherwise than bumble gives them

    def on_hci_command(self, command):
        self._send_hci_command_status(hci.HCI_ErrorCode.UNKNOWN_HCI_COMMAND_ERROR, command.op_code)

    def on_hci_command_packet(self, command):
        # bumble complains in the log of a synchronous command without answer, although on_hci_command has given one.
        handler = getattr(self, f"on_{command.name.lower()}", None)
        if handler is None:
            self.on_hci_command(command)
        else:
            super().on_hci_command_packet(command)

    def on_hci_reset_command(self, command):
        for connection in list(self.le_connections.values()):
            connection.send_ll_control_pdu(ll.TerminateInd(hci.HCI_ErrorCode.REMOTE_DEVICE_TERMINATED_CONNECTION_DUE_TO_POWER_OFF_ERROR))
            del self.le_connections[connection.peer_address]
        self.le_scan_enable = False
        self.pending_le_connection = None
        self.accept_list.clear()
        self.le_legacy_advertiser.stop()
        return super().on_hci_reset_command(command)

    def on_hci_le_set_scan_enable_command(self, command):
        self.reported.clear()
        return super().on_hci_le_set_scan_enable_command(command)

    def on_hci_le_clear_filter_accept_list_command(self, command):
        self.accept_list.clear()
        return super().on_hci_le_clear_filter_accept_list_command(command)

    def on_hci_le_add_device_to_filter_accept_list_command(self, command):
        self.accept_list.add(command.address)
        return super().on_hci_le_add_device_to_filter_accept_list_command(command)

    def on_hci_le_remove_device_from_filter_accept_list_command(self, command):
        self.accept_list.discard(command.address)
        return super().on_hci_le_remove_device_from_filter_accept_list_command(command)

    def on_hci_le_create_connection_command(self, command):
        self.initiations += 1
        super().on_hci_le_create_connection_command(command)

    def on_hci_le_create_connection_cancel_command(self, command):
        pending, self.pending_le_connection = self.pending_le_connection, None
        if pending is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        asyncio.get_running_loop().call_soon(self.report_cancelled, pending)
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def report_cancelled(self, pending):
        self.send_hci_packet(hci.HCI_LE_Connection_Complete_Event(
            status=hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR, connection_handle=0, role=hci.Role.CENTRAL,
            peer_address_type=pending.peer_address.address_type, peer_address=pending.peer_address, connection_interval=0,
            peripheral_latency=0, supervision_timeout=0, central_clock_accuracy=0))

    def create_le_connection(self, peer_address):
        # Full: it goes on listening and never answers, as the controllers of the field do.
        if len(self.le_connections) >= self.links:
            return
        super().create_le_connection(peer_address)
        self.most_links = max(self.most_links, len(self.le_connections))

    # MARK: advertisements

    def on_advertising_pdu(self, pdu):
        address = pdu.advertiser_address
        wanted = self.le_scanning_filter_policy & 1 == 0 or address in self.accept_list
        if self.le_scan_enable and wanted and not (self.filter_duplicates and address in self.reported):
            self.reported.add(address)
            self.report(pdu)
        pending = self.pending_le_connection
        if pending and (pending.peer_address == address or (pending.initiator_filter_policy and address in self.accept_list)):
            self.create_le_connection(address)

    def report(self, pdu):
        kinds = hci.HCI_LE_Advertising_Report_Event.EventType
        sender = self.link.find_le_controller(pdu.advertiser_address)
        answer = sender.le_legacy_advertiser.scan_response_data if sender else b""
        parts = [(kinds.ADV_IND, pdu.data)]
        if self.le_scan_type == 1:
            parts.append((kinds.SCAN_RSP, answer))
        for kind, data in parts:
            self.send_hci_packet(hci.HCI_LE_Advertising_Report_Event([
                hci.HCI_LE_Advertising_Report_Event.Report(
                    event_type=kind, address_type=pdu.advertiser_address.address_type, address=pdu.advertiser_address,
                    data=data, rssi=self.link.signal.get(str(pdu.advertiser_address), -60))]))


def quiet():
    logging.basicConfig(level=logging.ERROR)
    logging.getLogger("bumble").setLevel(logging.CRITICAL)
