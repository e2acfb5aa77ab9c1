metadata description = 'The private way to storage and vault: a network that the apps are joined to, private endpoints, the DNS zones by which they are found, and a way out to Twilio.'

@description('Required. Name of the virtual network; what belongs to it is named after it.')
@minLength(2)
@maxLength(48)
param name string

@description('Required. Region of the network.')
@minLength(3)
@maxLength(40)
param location string

@description('Required. Addresses of the network, /25 or larger: a /26 for the apps, a /27 for the endpoints.')
@minLength(9)
@maxLength(18)
param addressPrefix string

@description('Required. Resource id of the storage account.')
@minLength(1)
@maxLength(512)
param storageId string

@description('Required. Resource id of the vault.')
@minLength(1)
@maxLength(512)
param vaultId string

@description('One endpoint each: group (the sub-resource) and the zone in which its public name is looked up.')
var endpoints = [
  { group: 'blob', zone: 'privatelink.blob.${environment().suffixes.storage}' }
  { group: 'queue', zone: 'privatelink.queue.${environment().suffixes.storage}' }
  { group: 'table', zone: 'privatelink.table.${environment().suffixes.storage}' }
  { group: 'vault', zone: replace(environment().suffixes.keyvaultDns, '.vault.', 'privatelink.vaultcore.') }
]

resource address 'Microsoft.Network/publicIPAddresses@2026-03-01' = {
  name: '${name}-out'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

// A network has no way to the internet by itself any more; all calls to Twilio come from this one address.
resource gateway 'Microsoft.Network/natGateways@2026-03-01' = {
  name: '${name}-out'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: address.id }] }
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'apps' // no underscore: Flex Consumption refuses it
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          natGateway: { id: gateway.id }
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: cidrSubnet(addressPrefix, 27, 2), defaultOutboundAccess: false }
      }
    ]
  }

  resource apps 'subnets' existing = { name: 'apps' }

  resource inside 'subnets' existing = { name: 'endpoints' }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for endpoint in endpoints: {
    name: endpoint.zone
    location: 'global'
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (endpoint, i) in endpoints: {
    parent: zone[i]
    name: name
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
]

resource privateEndpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = [
  for (endpoint, i) in endpoints: {
    name: '${name}-${endpoint.group}'
    location: location
    properties: {
      subnet: { id: network::inside.id }
      privateLinkServiceConnections: [
        {
          name: endpoint.group
          properties: {
            privateLinkServiceId: endpoint.group == 'vault' ? vaultId : storageId
            groupIds: [endpoint.group]
          }
        }
      ]
    }
  }
]

resource record 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = [
  for (endpoint, i) in endpoints: {
    parent: privateEndpoint[i]
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: endpoint.group, properties: { privateDnsZoneId: zone[i].id } }] }
  }
]

@description('Resource id of the subnet that the apps are joined to.')
output appsSubnetId string = network::apps.id
